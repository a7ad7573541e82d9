/** Paths that only the server answers, offline or not: what lies there belongs to somebody who is signed in. */
const ofServer = /^\/(?:api|trpc|metrics|healthz|readyz|unsubscribe|assets)(?:\/|$)/;

/**
 * Which file of the app's shell answers a request; null: the network does, and nothing of that is kept. So no answer of the API ever
 * lies in a cache, of whichever account.
 */
export function shellFileFor(request: Pick<Request, 'method' | 'mode' | 'url'>, files: ReadonlySet<string>, origin: string): string | null {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin) return null;
  if (url.pathname !== '/' && files.has(url.pathname)) return url.pathname;
  const page = request.mode === 'navigate' && !ofServer.test(url.pathname) && !/\.[^/]*$/.test(url.pathname);
  return page ? '/' : null;
}

/** What may go when a version takes over: all but it and the one before, whose pages may still be open and want a part they have not loaded yet. */
export function outdated(caches: readonly string[], prefix: string, current: string): string[] {
  return caches.filter((name) => name.startsWith(prefix) && name !== current).slice(0, -1);
}
