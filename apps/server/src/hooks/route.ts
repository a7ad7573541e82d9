import { deliverHook, type Purse, type Services, wireErrorOf } from '@koreromai/api';
import { hookPayload, id as idSchema, Refusal } from '@koreromai/contract';
import { getTRPCErrorFromUnknown } from '@trpc/server';
import type { Hono } from 'hono';
import type { Env } from '../app.ts';
import { problem } from '../problem.ts';
import { tellLimits } from '../rest/rate-headers.ts';

/**
 * Where other systems post into a chat, in the shape that they send to Slack: JSON, or a form whose `payload` is that JSON. The token in the
 * path is all they show; logs and figures know the path by its pattern alone.
 */
export function mountHooks(app: Hono<Env>, services: Services): void {
  app.post('/hooks/:token', async (c) => {
    c.set('route', '/hooks/:token');
    const requestId = c.get('requestId');
    const headers = new Headers({ 'cache-control': 'no-store' });
    const purses: Purse[] = [];
    const answer = async (): Promise<Response> => {
      try {
        const { replayed } = await deliverHook(services, {
          token: c.req.param('token'),
          payload: payloadIn(await c.req.text()),
          id: keyIn(c.req.header('idempotency-key')),
          spent: (purse) => void purses.push(purse),
        });
        if (replayed) headers.set('idempotency-replayed', 'true');
        return new Response('ok', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
      } catch (thrown) {
        const error = getTRPCErrorFromUnknown(thrown);
        const { code, httpStatus: _status, traceId: _trace, message: _message, ...info } = wireErrorOf(error, requestId);
        if (code === 'INTERNAL') services.onFault(error.cause ?? error, requestId);
        return problem(code, requestId, info);
      }
    };
    const response = await answer();
    tellLimits(headers, purses);
    for (const [name, value] of headers) response.headers.set(name, value);
    return response;
  });
  app.all('/hooks/*', (c) => problem(c.req.method === 'POST' ? 'NOT_FOUND' : 'METHOD_NOT_SUPPORTED', c.get('requestId')));
}

/** Whatever the sender calls its body: a form when it is one, else JSON. Throws BAD_INPUT. */
function payloadIn(body: string) {
  const form = /^\s*[{[]/.test(body) ? null : new URLSearchParams(body).get('payload');
  const found = hookPayload.safeParse(parsed(form ?? body));
  if (found.success) return found.data;
  const fields = found.error.issues.slice(0, 5).map((issue) => [issue.path.map(String).join('.') || 'body', issue.message]);
  throw new Refusal('BAD_INPUT', { fields: Object.fromEntries(fields) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal('BAD_INPUT', { fields: { body: 'must be JSON, or a form with JSON in its field payload' } });
  }
}

function keyIn(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const found = idSchema.safeParse(header);
  if (!found.success) throw new Refusal('BAD_INPUT', { fields: { 'idempotency-key': 'must be a UUID' } });
  return found.data;
}
