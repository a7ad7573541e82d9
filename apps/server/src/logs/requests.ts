import type { Hono } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from 'pino';
import type { Env } from '../app.ts';
import type { Metrics } from '../metrics/metrics.ts';

export interface Observed {
  readonly metrics: Metrics;
  readonly log: Pick<Logger, 'debug' | 'warn'>;
}

/** An answer that took longer than this many seconds is worth a line at any usual level. */
const slow = 2;

/** Counts and notes every request by its pattern: a path may hold an invitation's token, a query what somebody searched for. */
export function observeRequests(app: Hono<Env>, { metrics, log }: Observed): void {
  app.use(async function observed(c, next) {
    const from = performance.now();
    await next();
    const seconds = (performance.now() - from) / 1_000;
    const route = c.get('route') ?? routePath(c, -1);
    const request = {
      requestId: c.get('requestId'),
      method: known.has(c.req.method) ? c.req.method : 'other',
      route,
      status: c.res.status,
    };
    metrics.answered({ ...request, seconds });
    const line = { ...request, ms: Math.round(seconds * 1_000) };
    if (seconds > slow) log.warn(line, 'A slow request');
    else log.debug(line, 'A request');
  });
}

const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
