import { createHash, timingSafeEqual } from 'node:crypto';
import type { Hono } from 'hono';
import type { Env } from '../app.ts';
import { problem } from '../problem.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsDoor {
  readonly metrics: Metrics;
  /** Who shows it as a bearer may read. Null: see `open`. */
  readonly token: string | null;
  /** The server talks to this machine alone, so whoever asks is its owner. */
  readonly open: boolean;
}

/**
 * GET /metrics, for who shows the token. Without one it is open where the server listens on loopback for a loopback address;
 * anywhere else it does not exist. A caller's address decides nothing: behind a proxy on this machine everybody looks local.
 */
export function mountMetrics(app: Hono<Env>, { metrics, token, open }: MetricsDoor): void {
  app.get('/metrics', async (c) => {
    const requestId = c.get('requestId');
    if (token === null && !open) return problem('NOT_FOUND', requestId);
    const shown = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    if (token !== null && !same(shown, token)) return problem('UNAUTHENTICATED', requestId);
    return c.body(await metrics.text(), 200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
  });
}

const digest = (text: string) => createHash('sha256').update(text).digest();
const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));
