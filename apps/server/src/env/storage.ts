import { resolve } from 'node:path';

export const storageHint =
  'must be file:PATH, or s3://KEY:SECRET@BUCKET/PREFIX with ?region=… and, outside AWS, &endpoint=https://…, e.g. STORAGE_URL=s3://files?region=eu-central-1.';

/** STORAGE_URL as the storage takes it, a relative path made absolute from `root`; null when it is neither a folder nor a bucket. */
export function storageUrlOf(raw: string, root: string): string | null {
  if (raw.startsWith('file:')) {
    const path = raw.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
    return path === '' || path.startsWith('//') ? null : `file:${resolve(root, path)}`;
  }
  const url = URL.canParse(raw) ? new URL(raw) : null;
  if (url?.protocol !== 's3:' || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) return null;
  if (url.port !== '' || url.hash !== '' || (url.username === '') !== (url.password === '')) return null;
  const endpoint = url.searchParams.get('endpoint');
  const known = [...url.searchParams.keys()].every((name) => name === 'region' || name === 'endpoint');
  const reachable = endpoint === null || (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol));
  return known && reachable ? raw : null;
}
