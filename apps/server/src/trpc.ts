import { appRouter, type Context } from '@koreromai/api';
import { limits } from '@koreromai/contract';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Hono } from 'hono';
import type { Env } from './app.ts';
import type { Entrance } from './entrance.ts';
import { problem } from './problem.ts';

const types: ReadonlyMap<string, string> = new Map(
  Object.entries(appRouter._def.procedures).map(([path, procedure]) => [path, typeOf(procedure)]),
);

/** tRPC over HTTP. A batch is judged as a whole before any of it runs. */
export function mountTrpc(app: Hono<Env>, entrance: Entrance): void {
  app.all('/trpc/*', async (c) => {
    const requestId = c.get('requestId');
    const paths = c.req.path.slice('/trpc/'.length).split(',');
    if (paths.length > limits.http.maxBatch) return problem('BATCH_TOO_LARGE', requestId);
    if (!paths.every((path) => types.has(decoded(path)))) return problem('NOT_FOUND', requestId);
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (c.req.method === 'POST' && type !== 'application/json') return problem('UNSUPPORTED_MEDIA', requestId);
    if (c.req.method !== 'POST' && c.req.method !== 'GET') return problem('METHOD_NOT_SUPPORTED', requestId);

    const { services } = entrance;
    const caller = await entrance.callerOf(c.env.incoming);
    // An event stream would be a second door beside the sockets', without their bounds; the library would open it with a 200 before our refusal.
    if (paths.some((path) => types.get(decoded(path)) === 'subscription')) {
      return problem(caller === null ? 'UNAUTHENTICATED' : 'METHOD_NOT_SUPPORTED', requestId);
    }
    return fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router: appRouter,
      maxBatchSize: limits.http.maxBatch,
      createContext: ({ resHeaders }): Context => ({
        services,
        transport: 'http',
        caller,
        address: entrance.addressOf(c.env.incoming),
        userAgent: c.req.header('user-agent') ?? '',
        requestId,
        keepToken: (token) => resHeaders.append('set-cookie', entrance.cookie.write(token)),
      }),
      responseMeta({ errors }) {
        const wait = errors
          .map((e) => (e.cause && 'info' in e.cause ? (e.cause.info as { retryAfter?: number }).retryAfter : undefined))
          .find((s) => s !== undefined);
        return { headers: new Headers({ 'cache-control': 'no-store', ...(wait === undefined ? {} : { 'retry-after': String(wait) }) }) };
      },
      onError({ error }) {
        if (error.code === 'INTERNAL_SERVER_ERROR' && error.cause?.name !== 'Refusal') services.onFault(error.cause ?? error, requestId);
      },
    });
  });
}

/** The router's type says records of records; at run time each value is a procedure under its whole path. */
function typeOf(procedure: unknown): string {
  return (procedure as { _def: { type: string } })._def.type;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return ''; // no procedure has that name
  }
}
