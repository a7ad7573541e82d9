export const redisHint =
  'must be redis:// or rediss:// with a host and at most the number of a database after it, e.g. REDIS_URL=redis://:PASSWORD@localhost:6379.';

/** REDIS_URL as it was given, or null when no Redis or Valkey can be meant by it. */
export function redisUrlOf(raw: string): string | null {
  const url = URL.canParse(raw.trim()) ? new URL(raw.trim()) : null;
  const bare = url !== null && /^(\/\d{0,5})?$/.test(url.pathname) && url.search + url.hash === '';
  return bare && /^rediss?:$/.test(url.protocol) && url.hostname !== '' ? raw.trim() : null;
}
