import { appRouter, createCallerFactory } from '@koreromai/api';
import { frame as frameSchema, limits, Refusal } from '@koreromai/contract';
import { z } from 'zod';
import { problemResponses } from './openapi/problems.ts';
import { procedures } from './procedures.ts';
import type { Call, DescribedRoute } from './route.ts';
import { fieldsOf } from './shape.ts';
import { type Frames, streamOf } from './stream.ts';

const callerFor = createCallerFactory(appRouter);

/** Server-sent events: the same feed as over the socket, with its bounds. A request that ends its session ends its stream. */
export const eventsRoute: DescribedRoute = {
  method: 'GET',
  path: '/events',
  public: false,
  operation: {
    operationId: 'events',
    summary: 'Everything that happens where I may see it, as server-sent events',
    description:
      'Each event has an `id`, the place to resume from, and its `data` is one frame. Without `Last-Event-ID` and `cursor` the stream starts now; with both, at the later one.',
    tags: ['events'],
    requestParams: {
      query: z.object({
        cursor: z.string().optional().meta({ description: 'A place in the log, from `GET /session` or an event' }),
        room: z.array(z.string()).optional().meta({ description: 'Also carry this room; may be repeated' }),
      }),
      header: z.object({ 'Last-Event-ID': z.string().optional() }),
    },
    responses: {
      200: {
        description: 'The stream',
        content: { 'text/event-stream': { schema: z.string(), examples: { frame: { value: example() } } } },
      },
      ...problemResponses([400, 401, 403, 429]),
    },
  },
  serve,
};

async function serve(call: Call): Promise<Response> {
  const { c, entrance, url } = call;
  const { streams, sessions, services } = entrance;
  const origin = entrance.origin(c.req.header('origin'));
  const byCookie = c.req.header('authorization') === undefined;
  if (origin === 'foreign' || (origin === 'listed' && byCookie)) throw new Refusal('BAD_ORIGIN');
  const input = inputOf(url, c.req.header('last-event-id'));
  if (c.req.method === 'HEAD') return new Response(null, { headers: streamHeaders });
  const ending = new AbortController();
  const caller = await entrance.callerOf(c.env.incoming, () => ending.abort());
  if (caller === null) throw new Refusal('UNAUTHENTICATED'); // ended since the request came
  try {
    const api = callerFor(
      {
        services,
        transport: 'http',
        caller,
        address: entrance.addressOf(c.env.incoming),
        userAgent: c.req.header('user-agent') ?? '',
        requestId: call.requestId,
        keepToken: () => {},
        slots: streams.slotsOf(caller.id),
      },
      { signal: ending.signal },
    );
    const frames = (await api.events.subscribe(input)) as Frames;
    const gone = services.presence.opened(caller.id);
    const forget = streams.add(() => ending.abort());
    const over = () => {
      forget();
      gone();
      sessions.release(caller);
      ending.abort();
    };
    c.env.outgoing.setTimeout(limits.stream.stalled, () => c.env.outgoing.destroy()); // a peer that takes nothing, not even beats
    return new Response(streamOf(frames, { signal: ending.signal, beatEvery: streams.beatEvery, over, onFault: services.onFault }), {
      headers: streamHeaders,
    });
  } catch (error) {
    sessions.release(caller);
    throw error;
  }
}

const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no', // a proxy that gathers would hold the events back
  connection: 'close', // nothing follows on it, and a server that stops need not wait for it
};

/** Unknown names go on as they are, for the procedure to refuse by name. */
function inputOf(url: URL, lastEventId: string | undefined): Record<string, unknown> {
  const { room, ...rest } = Object.fromEntries([...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]));
  const given = Object.fromEntries(Object.entries(rest).map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
  if (Object.hasOwn(given, 'lastEventId')) throw new Refusal('BAD_INPUT', { fields: { lastEventId: 'is not known here' } });
  return { ...given, ...(room && carriesRooms() ? { rooms: room } : {}), ...(lastEventId ? { lastEventId } : {}) };
}

const carriesRooms = () => 'rooms' in fieldsOf(procedures.find(({ name }) => name === 'events.subscribe')?.inputs ?? []);

function example(): string {
  const frame = frameSchema.parse({ type: 'checkpoint' });
  return `id: p6J0kBq1dVn2YxT4c8sW0g\ndata: ${JSON.stringify(frame)}\n\n`;
}
