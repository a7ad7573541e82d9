import { appRouter, type Context } from '@koreromai/api';
import { limits } from '@koreromai/contract';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Hono } from 'hono';
import type { Env } from './app.ts';
import type { Entrance } from './entrance.ts';
import { problem } from './problem.ts';

const procedures: Record<string, unknown> = appRouter._def.procedures;

/** tRPC over HTTP. A batch is judged as a whole before any of it runs. */
export function mountTrpc(app: Hono<Env>, entrance: Entrance): void {
  app.all('/trpc/*', async (c) => {
    const requestId = c.get('requestId');
    const paths = c.req.path.slice('/trpc/'.length).split(',');
    if (paths.length > limits.http.maxBatch) return problem('BATCH_TOO_LARGE', requestId);
    if (!paths.every((path) => Object.hasOwn(procedures, decoded(path)))) return problem('NOT_FOUND', requestId);
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (c.req.method === 'POST' && type !== 'application/json') return problem('UNSUPPORTED_MEDIA', requestId);
    if (c.req.method !== 'POST' && c.req.method !== 'GET') return problem('METHOD_NOT_SUPPORTED', requestId);

    const { services } = entrance;
    return fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router: appRouter,
      maxBatchSize: limits.http.maxBatch,
      createContext: async ({ resHeaders }): Promise<Context> => ({
        services,
        transport: 'http',
        caller: await entrance.callerOf({ authorization: c.req.header('authorization'), cookie: c.req.header('cookie') }),
        address: entrance.addressOf(c.env.incoming),
        userAgent: c.req.header('user-agent') ?? '',
        requestId,
        keepToken: (token) => resHeaders.append('set-cookie', entrance.cookie.write(token)),
      }),
      responseMeta({ errors }) {
        const wait = errors.map((e) => (e.cause && 'info' in e.cause ? (e.cause.info as { retryAfter?: number }).retryAfter : undefined)).find((s) => s !== undefined);
        return { headers: new Headers({ 'cache-control': 'no-store', ...(wait === undefined ? {} : { 'retry-after': String(wait) }) }) };
      },
      onError({ error }) {
        if (error.code === 'INTERNAL_SERVER_ERROR' && error.cause?.name !== 'Refusal') services.onFault(error.cause ?? error);
      },
    });
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return ''; // no procedure has that name
  }
}
