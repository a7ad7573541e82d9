import { isIP } from 'node:net';
import { resolve } from 'node:path';

export const databaseHint =
  'must be sqlite:PATH, or mysql://… (not MariaDB) with a host and a database name, e.g. DATABASE_URL=mysql://koreromai:PASSWORD@localhost:3306/koreromai.';

/** Without a port. */
export const hostOf = (url: string) => new URL(url).hostname;

/** A number from 0 to 65535, or null. */
export const portOf = (raw: string) => (/^\d{1,5}$/.test(raw.trim()) && Number(raw) <= 65_535 ? Number(raw) : null);

/** Scheme, host and port with nothing behind them, or null. */
export function originOf(raw: string): string | null {
  const url = URL.canParse(raw) ? new URL(raw) : null;
  const bare = url !== null && url.pathname === '/' && url.search + url.hash + url.username + url.password === '';
  return bare && /^https?:$/.test(url.protocol) ? url.origin : null;
}

/** An address or a CIDR range as it was given, or null. */
export function rangeOf(raw: string): string | null {
  const [address = '', prefix, ...more] = raw.split('/');
  const family = isIP(address);
  const fits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
  return family > 0 && fits && more.length === 0 ? raw : null;
}

/** DATABASE_URL with its path made absolute from `root`; null when it names no database. */
export function databaseUrlOf(raw: string, root: string): string | null {
  if (raw.startsWith('sqlite:')) {
    const path = raw.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    return path === '' || path.startsWith(':') || path.endsWith('/') ? null : `sqlite:${resolve(root, path)}`;
  }
  const url = URL.canParse(raw) ? new URL(raw) : null;
  const named = url !== null && url.protocol === 'mysql:' && url.hostname !== '' && url.pathname.length > 1;
  return named && isTls(url.searchParams.get('ssl')) ? raw : null;
}

/** What `?ssl=` may say: nothing, the profile of Amazon's databases, or an object of the driver's. */
function isTls(given: string | null): boolean {
  if (given === null || given === 'Amazon RDS') return true;
  try {
    const parsed: unknown = JSON.parse(given);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false; // the refusal is told by whoever asked
  }
}
