import { appRouter, type Context, isShortId } from '@koreromai/api';
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, type TRPCError } from '@trpc/server';
import type { RawData, WebSocket } from 'ws';
import type { LiveSocket } from './live-socket.ts';
import { createTurns } from './turns.ts';

type OnError = (error: TRPCError, context: Context) => void;

interface Ask {
  readonly id: number | string;
  readonly method: 'query' | 'mutation';
  readonly path: string;
  readonly input: unknown;
}

export interface Calls {
  /** Takes over the calls of a socket that the library handles; `context` is null until it has asked who is there. */
  take(socket: LiveSocket, context: () => Context | null): void;
  /** Calls that have come and not begun. */
  readonly waiting: number;
}

/**
 * Calls begun at once in this process, two batches of the lane and what goes on beside them. What a call needs while it is in hand is
 * some twenty times its frame, and what lives long is costly to clear away: begun all at once, they make each other slower still.
 */
const mostAtOnce = 500;

const config = appRouter._def._config;
/** The library ends no call when its socket does, so nothing ever aborts this one. */
const never = new AbortController().signal;

/**
 * Answers the calls of a socket in the library's stead, frame for frame as it would: what it makes for each, to be able to stop it, to
 * batch it and to stream from it, costs a busy server more than most calls do. Whatever is not one plain query or mutation of somebody
 * who is known stays the library's: subscriptions, their stops, batches, and all that is malformed.
 */
export function createCalls(onError: OnError): Calls {
  const turns = createTurns(mostAtOnce);
  return {
    take(socket, contextNow) {
      const library = socket.listeners('message').at(-1) as (this: WebSocket, data: RawData, isBinary: boolean) => void;
      socket.off('message', library);
      socket.on('message', (data, isBinary) => {
        const context = contextNow();
        const ask = context === null || isBinary ? null : plainCall(data.toString());
        if (context === null || ask === null) library.call(socket, data, isBinary);
        else turns.take(() => answer(socket, ask, context, onError));
      });
    },
    get waiting() {
      return turns.waiting;
    },
  };
}

async function answer(socket: LiveSocket, { id, method: type, path, input }: Ask, ctx: Context, onError: OnError): Promise<void> {
  try {
    const call = { router: appRouter, path, type, ctx, getRawInput: async () => input, signal: never, batchIndex: 0 };
    const data: unknown = await callTRPCProcedure(call);
    socket.send(JSON.stringify({ id, result: { type: 'data', data } }));
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    onError(error, ctx);
    socket.send(JSON.stringify({ id, error: getTRPCErrorShape({ config, error, type, path, input, ctx }) }));
  }
}

/** The frame as one call, or null where it is anything else. */
function plainCall(text: string): Ask | null {
  if (!text.startsWith('{')) return null; // a batch, a ping
  let frame: { id?: unknown; jsonrpc?: unknown; method?: unknown; params?: { path?: unknown; input?: unknown; lastEventId?: unknown } };
  try {
    frame = JSON.parse(text);
  } catch {
    return null; // the library says what is wrong with it
  }
  const { id, jsonrpc, method, params } = frame;
  if (id === undefined || id === null || !isShortId(id) || jsonrpc !== undefined) return null;
  if ((method !== 'query' && method !== 'mutation') || typeof params !== 'object' || params === null) return null;
  const { path, input, lastEventId } = params;
  if (typeof path !== 'string' || lastEventId !== undefined) return null;
  return { id: id as number | string, method, path, input };
}
