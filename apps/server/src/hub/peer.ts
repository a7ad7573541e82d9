import { appRouter, type Context, Subscription } from '@koreromai/api';
import { limits } from '@koreromai/contract';
import type { RequestId } from '@koreromai/realtime';
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server';
import type { RawData } from 'ws';
import { type Ask, askOf, type Call, isObject, isShortId, paramsOf, rawAsks } from './frames.ts';
import type { LiveSocket } from './live-socket.ts';
import type { Turns } from './turns.ts';

/** Who speaks on a socket, and in what order calls are begun. */
export interface Hall {
  /** Who it is, from the upgrade or from the first frame's params. Rejects with a refusal. */
  readonly contextOf: (socket: LiveSocket, params: Readonly<Partial<Record<string, string>>> | null) => Promise<Context>;
  readonly turns: Turns;
  readonly onError: (error: TRPCError, context: Context | undefined) => void;
}

/** A subscription that was asked for and has not ended. */
interface Running {
  stopped: boolean;
  source: Subscription | null;
}

const config = appRouter._def._config;
/** No procedure waits for it: a call is carried out to its end, and a subscription is told to return. */
const never = new AbortController().signal;
const unknown = { type: 'unknown', path: undefined, input: undefined } as const;

/**
 * The other end of one socket. Speaks tRPC's protocol frame for frame as the library's own adapter does, and calls procedures as that does, by
 * `callTRPCProcedure`: who may do what is decided there. Ten thousand of these stand in a process, so it holds no more than it needs; what the
 * adapter makes for each connection and each call, to stop it, to race it and to stream from it, was more than all the rest.
 */
export class Peer {
  readonly #socket: LiveSocket;
  readonly #hall: Hall;
  #context: Context | undefined;
  #coming: Promise<unknown> | null = null;
  #running: Map<RequestId, Running> | null = null;

  /** `introduced`: the first frame says who it is. */
  constructor(socket: LiveSocket, hall: Hall, introduced: boolean) {
    this.#socket = socket;
    this.#hall = hall;
    if (!introduced) this.#begin(() => null);
    socket.on('message', (data, isBinary) => this.#hear(data, isBinary));
    socket.once('close', () => {
      for (const one of this.#running?.values() ?? []) stop(one);
    });
  }

  #begin(params: () => ReturnType<typeof paramsOf>): void {
    this.#coming = (async () => {
      try {
        this.#context = await this.#hall.contextOf(this.#socket, params());
      } catch (cause) {
        this.#refuse(null, cause);
        setImmediate(() => this.#socket.close());
        throw cause;
      }
    })();
    this.#coming.then(
      () => {
        this.#coming = null;
      },
      () => {}, // whoever asked meanwhile is told each for themselves
    );
  }

  #hear(data: RawData, isBinary: boolean): void {
    const text = isBinary ? null : data.toString();
    if (text === 'PONG') return;
    if (text === 'PING') this.#socket.send('PONG');
    else if (this.#context === undefined && this.#coming === null) this.#begin(() => introductionOf(text));
    else for (const ask of this.#asksOf(text)) this.#take(ask);
  }

  /** Nothing of a frame is carried out that is not whole. */
  #asksOf(text: string | null): readonly Ask[] {
    try {
      if (text === null) throw new Error('Frames are text.');
      const raw = rawAsks(text);
      if (raw.length <= limits.http.maxBatch) return raw.map(askOf);
      this.#refuseAll(raw);
    } catch (cause) {
      this.#answerError(null, undefined, new TRPCError({ code: 'PARSE_ERROR', cause }));
    }
    return [];
  }

  #refuseAll(batch: readonly unknown[]): void {
    const error = new TRPCError({ code: 'BAD_REQUEST', message: 'Batch call exceeds maximum size' });
    this.#hall.onError(error, this.#context);
    let named = false;
    for (const { id, jsonrpc, method } of batch.filter(isObject)) {
      if (method === 'subscription.stop' || id === null || !isShortId(id)) continue;
      this.#answerError(id, jsonrpc === '2.0' ? jsonrpc : undefined, error);
      named = true;
    }
    if (!named) this.#answerError(null, undefined, error);
  }

  #take(ask: Ask): void {
    const { id } = ask;
    if (id === null) {
      this.#refuse(null, new TRPCError({ code: 'PARSE_ERROR', message: '`id` is required' }));
      return;
    }
    const running = this.#running?.get(id);
    if (ask.method === 'subscription.stop') running && stop(running);
    else if (ask.method !== 'subscription') this.#inTurn(() => this.#answer(ask));
    else if (running) this.#refuse(ask, new TRPCError({ code: 'BAD_REQUEST', message: `Duplicate id ${id}` }));
    else {
      const own: Running = { stopped: false, source: null };
      this.#running ??= new Map();
      this.#running.set(id, own);
      this.#inTurn(() => this.#subscribe(id, ask, own));
    }
  }

  #inTurn(work: () => Promise<void>): void {
    if (this.#coming === null) this.#hall.turns.take(work);
    else
      this.#coming.then(
        () => this.#hall.turns.take(work),
        () => void work(),
      );
  }

  /** Throws what kept the socket from being anybody's. */
  async #called({ path, method: type, input }: Call): Promise<unknown> {
    if (this.#coming !== null) await this.#coming;
    const ctx = this.#context;
    return callTRPCProcedure({ router: appRouter, path, type, ctx, getRawInput: async () => input, signal: never, batchIndex: 0 });
  }

  async #answer(call: Call): Promise<void> {
    try {
      const data = await this.#called(call);
      this.#say({ id: call.id, jsonrpc: call.jsonrpc, result: { type: 'data', data } });
    } catch (cause) {
      this.#refuse(call, cause);
    }
  }

  /** Ends when the subscription was granted or refused; what it tells goes out until it ends. */
  async #subscribe(id: RequestId, call: Call, own: Running): Promise<void> {
    try {
      const source = own.stopped ? null : await this.#called(call);
      if (source === null) return this.#ended(id, call);
      if (!(source instanceof Subscription)) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'It is no subscription.' });
      own.source = source;
      if (own.stopped || this.#socket.readyState !== this.#socket.OPEN) {
        await source.return();
        return this.#ended(id, call);
      }
      this.#say({ id, jsonrpc: call.jsonrpc, result: { type: 'started' } });
      source.pour(this.#socket, id, (error) => {
        if (error !== undefined) this.#refuse(call, error);
        this.#ended(id, call);
      });
    } catch (cause) {
      this.#running?.delete(id);
      this.#refuse(call, cause);
    }
  }

  #ended(id: RequestId, { jsonrpc }: Call): void {
    this.#running?.delete(id);
    this.#say({ id, jsonrpc, result: { type: 'stopped' } });
  }

  #refuse(call: Call | null, cause: unknown): void {
    const error = getTRPCErrorFromUnknown(cause);
    this.#hall.onError(error, this.#context);
    if (call === null) this.#answerError(null, undefined, error);
    else this.#answerError(call.id, call.jsonrpc, error, { type: call.method, path: call.path, input: call.input });
  }

  #answerError(id: RequestId | null, jsonrpc: '2.0' | undefined, error: TRPCError, what: Parameters<typeof shapeOf>[1] = unknown): void {
    this.#say({ id, jsonrpc, error: shapeOf(error, what, this.#context) });
  }

  #say(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }
}

function stop(one: Running): void {
  one.stopped = true;
  void one.source?.return();
}

function introductionOf(text: string | null): ReturnType<typeof paramsOf> {
  try {
    return paramsOf(text ?? '');
  } catch (cause) {
    throw new TRPCError({ code: 'PARSE_ERROR', message: 'Malformed TRPCConnectionParamsMessage', cause });
  }
}

type What = Pick<Parameters<typeof getTRPCErrorShape>[0], 'type' | 'path' | 'input'>;
const shapeOf = (error: TRPCError, what: What, ctx: Context | undefined) => getTRPCErrorShape({ config, error, ctx, ...what });
