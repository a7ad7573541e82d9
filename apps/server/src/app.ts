import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { limits } from '@koreromai/contract';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import { boundBody } from './body-bound.ts';
import type { Entrance } from './entrance.ts';
import { mountHooks } from './hooks/route.ts';
import { type Observed, observeRequests } from './logs/requests.ts';
import { type MetricsDoor, mountMetrics } from './metrics/route.ts';
import { problem } from './problem.ts';
import { byHand } from './rest/by-hand.ts';
import { faceRoutes } from './rest/faces.ts';
import { mountRest } from './rest/mount.ts';
import { mountReference } from './rest/reference/reference.ts';
import { mountTrpc } from './trpc.ts';
import { mountUnsubscribe } from './unsubscribe.ts';

export type Env = { Bindings: HttpBindings; Variables: { requestId: string; route?: string; sandboxed?: boolean } };

export interface AppOptions {
  readonly entrance: Entrance;
  readonly corsOrigins: readonly string[];
  /** The built web client's folder, or null to serve the API alone. */
  readonly webRoot: string | null;
  /** Whether the database answers. */
  readonly ready: () => Promise<boolean>;
  readonly onFault: (error: unknown, requestId: string) => void;
  readonly log: Observed['log'];
  readonly metrics: MetricsDoor;
}

/** The caller hung up, or was hung up on, in the middle of a request: nobody is answered, and no fault of ours. */
const cutOff = (error: Error) => error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';

/** The HTTP side: transport defaults first, then tRPC, health and the web client. */
export function createApp(options: AppOptions): Hono<Env> {
  const { entrance } = options;
  const app = new Hono<Env>();
  app.use(async function requestId(c, next) {
    c.set('requestId', randomUUID());
    await next();
    c.header('x-request-id', c.get('requestId'));
  });
  observeRequests(app, { metrics: options.metrics.metrics, log: options.log });
  app.use(async function sandboxed(c, next) {
    await next();
    if (c.get('sandboxed')) c.header('content-security-policy', "sandbox; default-src 'none'"); // bytes of strangers: stricter than our own pages
  });
  app.use(secureHeaders(headers(entrance)));
  if (options.corsOrigins.length > 0) {
    app.use(
      cors({
        origin: [...options.corsOrigins],
        credentials: false,
        allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'last-event-id'],
        exposeHeaders: told,
        maxAge: 600,
      }),
    );
  }
  mountUnsubscribe(app, entrance.services); // its form says `Origin: null`, because our pages send no referrer
  app.use(async function ownPagesOnly(c, next) {
    const safe = c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS';
    const origin = entrance.origin(c.req.header('origin'));
    const elsewhere = origin === 'absent' && !['same-origin', 'none', undefined].includes(c.req.header('sec-fetch-site')); // a sibling site gets our cookie too
    // A site that the operator lists shows its own token; what came with our cookie is no doing of its visitor.
    const byCookie = c.req.header('authorization') === undefined && entrance.cookie.read(c.req.header('cookie')) !== null;
    if (!safe && (origin === 'foreign' || elsewhere || (origin === 'listed' && byCookie))) return problem('BAD_ORIGIN', c.get('requestId'));
    await next();
  });
  app.use(boundBody(limits.http.maxJson));

  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) =>
    (await options.ready())
      ? c.json({ status: 'ready', redis: entrance.services.reach.redis, says: entrance.services.reach.says })
      : problem('BUSY', c.get('requestId'), { retryAfter: 1 }),
  );
  mountHooks(app, entrance.services);
  mountMetrics(app, options.metrics);
  mountTrpc(app, entrance);
  mountReference(app);
  mountRest(app, entrance, [...faceRoutes(), ...byHand]);
  for (const path of ['/api', '/api/*', '/trpc']) app.all(path, (c) => problem('NOT_FOUND', c.get('requestId')));
  if (options.webRoot !== null) mountWeb(app, options.webRoot);

  app.notFound(async (c) => {
    if (c.req.raw.body) await c.req.arrayBuffer(); // so that a body without end meets its bound here too
    return problem('NOT_FOUND', c.get('requestId'));
  });
  app.onError((error, c) => {
    if (!cutOff(error)) options.onFault(error, c.get('requestId'));
    return problem('INTERNAL', c.get('requestId'));
  });
  return app;
}

function mountWeb(app: Hono<Env>, root: string): void {
  app.get('/assets/*', serveStatic({ root, onFound: (_path, c) => c.header('cache-control', 'public, max-age=31536000, immutable') }));
  app.get('/assets/*', (c) => problem('NOT_FOUND', c.get('requestId'))); // never the page in place of a script
  const index = existsSync(join(root, 'index.html'));
  app.use(async function revalidate(c, next) {
    await next();
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-cache');
  });
  app.get('*', serveStatic({ root }));
  app.get('/sw.js', (c) => problem('NOT_FOUND', c.get('requestId'))); // a worker that is gone must not be followed by the page
  if (index) app.get('*', serveStatic({ path: join(root, 'index.html') }));
}

/** What a page of another origin may read of an answer, beside its body. */
const told = [
  ...['etag', 'idempotency-replayed', 'link', 'location', 'retry-after', 'x-request-id'],
  ...['ratelimit', 'ratelimit-policy', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
];

const headers = ({ secure, publicUrl }: Entrance): Parameters<typeof secureHeaders>[0] => ({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    connectSrc: ["'self'", publicUrl.replace(/^http/, 'ws')], // some browsers do not count sockets as 'self'
    imgSrc: ["'self'", 'data:', 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: secure ? 'max-age=31536000' : false,
  xFrameOptions: 'DENY',
});
