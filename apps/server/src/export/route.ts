import { exportZip } from '@koreromai/api';
import { limits, Refusal } from '@koreromai/contract';
import { z } from 'zod';
import { living, spending } from '../rest/caller.ts';
import { problemResponses } from '../rest/openapi/problems.ts';
import type { Call, DescribedRoute } from '../rest/route.ts';
import { piecesOf } from './pieces.ts';

/** U8: everything one can see, as JSON and files in a zip, made while it is sent. A session that ends takes its export with it. */
export const exportRoute: DescribedRoute = {
  method: 'GET',
  path: '/users/me/export',
  public: false,
  operation: {
    operationId: 'users.export',
    summary: 'Everything I can see, as a zip',
    description:
      '`profile.json`, `sessions.json`, `contacts.json`, `follows.json`, `blocks.json`, `refusals.json`, `conversations.json`, for each conversation `conversations/<id>/messages.ndjson` (one message a line, oldest first), and `files/<id>.<ending>` for what was sent with them. Files beyond what a zip can hold are named in `left-out.json`. An answer that breaks off is no whole zip.',
    tags: ['users'],
    responses: {
      200: { description: 'The zip', content: { 'application/zip': { schema: z.string().meta({ format: 'binary' }) } } },
      ...problemResponses([401, 429]),
    },
  },
  serve,
};

async function serve(call: Call): Promise<Response> {
  const { c, entrance } = call;
  const { streams, sessions, services } = entrance;
  const { outgoing, incoming } = c.env;
  living(call, 'people');
  c.set('sandboxed', true);
  if (c.req.method === 'HEAD') return new Response(null, { headers });
  await spending(call, 'export', 'people');
  const ending = new AbortController();
  const caller = await entrance.callerOf(incoming, () => ending.abort());
  if (caller === null) throw new Refusal('UNAUTHENTICATED'); // ended since the request came
  try {
    const zip = await exportZip({
      services,
      transport: 'http',
      caller,
      address: entrance.addressOf(incoming),
      userAgent: c.req.header('user-agent') ?? '',
      requestId: call.requestId,
      keepToken: () => {},
    });
    const forget = streams.add(() => ending.abort());
    const over = () => {
      forget();
      sessions.release(caller);
    };
    outgoing.setTimeout(limits.stream.stalled, () => outgoing.destroy()); // a peer that takes nothing
    const broken = () => void outgoing.destroy();
    return new Response(piecesOf(zip, { signal: ending.signal, over, broken, onFault: services.onFault }), { headers });
  } catch (error) {
    sessions.release(caller);
    throw error;
  }
}

const headers = {
  'content-type': 'application/zip',
  'content-disposition': 'attachment; filename="koreromai-export.zip"',
  'cache-control': 'private, no-store, no-transform',
  'x-content-type-options': 'nosniff',
  connection: 'close', // nothing follows on it
};
