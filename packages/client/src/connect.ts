import { limits } from '@koreromai/contract';
import {
  createTRPCClient,
  createWSClient,
  httpBatchLink,
  type OperationLink,
  type OperationResultObserver,
  type TRPCClient,
  TRPCClientError,
  type TRPCWebSocketClient,
  wsLink,
} from '@trpc/client';
import { observable, type Unsubscribable } from '@trpc/server/observable';
import type { Clock } from './clock.ts';
import { gated, heaviest, weightOf } from './gate.ts';
import { endsSession, refusalOf } from './refusal.ts';
import { backoff } from './retry.ts';
import type { AppRouter } from './router.ts';

/** Every procedure of the server, typed. */
export type Api = TRPCClient<AppRouter>;

export interface LineOptions {
  url: string;
  token: string | null;
  fetch: typeof globalThis.fetch;
  webSocket: typeof globalThis.WebSocket;
  clock: Clock;
  random: () => number;
  /** An answer, or the server's closing of the socket, said that the session is over. */
  onSessionEnd: () => void;
}

/** The way to the server: one socket while somebody is signed in, HTTP for everything else. */
export interface Line {
  readonly api: Api;
  /** Opens a socket in place of the one there was; it goes on reconnecting until it is shut. */
  open(): void;
  /** Calls travel on the socket from now on, or by HTTP: on a lost socket they would wait without a word. */
  prefer(way: 'socket' | 'http'): void;
  /** Until the server has said who asks nothing else is asked; when it could not be asked, nothing else can. Null: nothing to wait for. */
  behind(first: Promise<unknown> | null): void;
  shut(): void;
  identify(token: string | null): void;
}

const unauthorised = 4_401;
const answerWithin = 15_000;
const openWithin = 8_000;
const socketPause = 10_000;

export function createLine(options: LineOptions): Line {
  const { fetch, random, onSessionEnd } = options;
  const endpoint = new URL('/trpc', options.url);
  let token = options.token;
  let socket: { client: TRPCWebSocketClient; link: OperationLink<AppRouter> } | null = null;
  let way: 'socket' | 'http' = 'http';
  let first: Promise<unknown> | null = null;

  const http = httpBatchLink<AppRouter>({
    url: endpoint.href,
    maxItems: limits.http.maxBatch,
    maxURLLength: 2_000,
    headers: () => (token ? { authorization: `Bearer ${token}` } : {}),
    fetch: (url, init) =>
      fetch(url, {
        ...init,
        credentials: 'same-origin',
        signal: AbortSignal.any([AbortSignal.timeout(answerWithin), ...(init?.signal ? [init.signal] : [])]),
      }),
  })({});

  const api = createTRPCClient<AppRouter>({
    links: [
      () => (params) => {
        const { op } = params;
        return observable((observer: OperationResultObserver<AppRouter, unknown>) => {
          let running: Unsubscribable | null = null;
          let over = false;
          const begin = () => {
            const onSocket = op.type === 'subscription' || (way === 'socket' && !onlyHttp(op.path) && weightOf(op.input) <= heaviest);
            const link = onSocket && socket ? socket.link : http;
            running = link(params).subscribe({
              ...observer,
              error(error) {
                if (endsSession(refusalOf(error))) onSessionEnd();
                observer.error(error);
              },
            });
          };
          if (!first || onlyHttp(op.path)) begin();
          else
            first.then(
              () => over || begin(),
              (error) => over || observer.error(TRPCClientError.from(error)),
            );
          return () => {
            over = true;
            running?.unsubscribe();
          };
        });
      },
    ],
  });

  function shut() {
    const old = socket;
    socket = null;
    first = null;
    way = 'http';
    // The client's own close waits for answers; a server that hangs must not keep the socket open.
    void old?.client.close();
    old?.client.connection?.ws.close();
  }

  return {
    api,
    open() {
      shut();
      const client = createWSClient({
        url: endpoint.href.replace(/^http/, 'ws'),
        WebSocket: impatient(options.webSocket, options.clock),
        retryDelayMs: (attempt) => Math.min(socketPause, backoff(attempt, random)),
        keepAlive: { enabled: true, intervalMs: limits.socket.pingEvery, pongTimeoutMs: 5_000 },
        onClose: (cause) => cause?.code === unauthorised && socket?.client === client && onSessionEnd(),
        ...(token && { connectionParams: () => ({ token: token ?? '' }) }),
      });
      socket = { client, link: gated(wsLink<AppRouter>({ client })({})) };
    },
    prefer(next) {
      way = next;
    },
    behind(next) {
      first = next;
      next?.catch(() => {}); // whoever asks meanwhile is told
    },
    shut,
    identify(next) {
      token = next;
    },
  };
}

/** The link waits for ever for a server that takes the connection and then says nothing, as one does that is just starting. */
const impatient = (Socket: typeof globalThis.WebSocket, clock: Clock): typeof globalThis.WebSocket =>
  class extends Socket {
    constructor(...args: ConstructorParameters<typeof globalThis.WebSocket>) {
      super(...args);
      const cancel = clock.after(openWithin, () => this.close());
      for (const end of ['open', 'error', 'close']) this.addEventListener(end, cancel, { once: true });
    }
  };

/** Signing in and out sets a cookie, which a socket cannot; a snapshot is asked for before there is a socket. */
const onlyHttp = (path: string): boolean => path.startsWith('auth.') || path === 'session.snapshot';
