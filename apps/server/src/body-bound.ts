import type { MiddlewareHandler } from 'hono';
import type { Env } from './app.ts';
import { isUpload } from './files/uploads.ts';
import { problem } from './problem.ts';

/**
 * Refuses bodies above `max` bytes: by their length when they tell it, else while they come. The library's own bound puts the
 * read body into a copy of the request, which the server's lightweight requests do not allow.
 */
export function boundBody(max: number): MiddlewareHandler<Env> {
  return async function bodyWithin(c, next) {
    if (isUpload(c.req.method, c.req.path)) return next(); // bounded while it is read
    const { raw } = c.req;
    if (!raw.body) return next();
    const length = raw.headers.get('transfer-encoding') === null ? raw.headers.get('content-length') : null;
    if (length !== null) return Number(length) > max ? problem('TOO_LARGE', c.get('requestId')) : next();
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of raw.body) {
      size += piece.length;
      if (size > max) return problem('TOO_LARGE', c.get('requestId'));
      pieces.push(piece);
    }
    const { url, method, headers, signal } = raw;
    c.req.raw = new Request(url, { method, headers, signal, ...(size > 0 ? { body: Buffer.concat(pieces) } : {}) });
    return next();
  };
}
