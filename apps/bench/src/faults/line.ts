import type { Api } from '@koreromai/client';
import { createTRPCClient, createWSClient, httpLink, splitLink, type TRPCClient, wsLink } from '@trpc/client';

type AppRouter = Api extends TRPCClient<infer Router> ? Router : never;

export interface LineOptions {
  /** Where it is, or where to try next. */
  readonly url: string | (() => string);
  readonly token: string;
  /** Whether calls travel on the socket too, or by HTTP. Subscriptions always take the socket. */
  readonly calls: 'socket' | 'http';
  readonly onOpen: () => void;
  /** Every frame as it came off the wire. */
  readonly onBytes: (text: string) => void;
}

export interface Line {
  readonly api: Api;
  close(): Promise<void>;
}

/** A plain tRPC client with nothing of ours in it: what any program could write. */
export function openLine({ url, token, calls, onOpen, onBytes }: LineOptions): Line {
  class Tapped extends WebSocket {
    constructor(...[address, protocols]: ConstructorParameters<typeof WebSocket>) {
      super(address, protocols);
      this.addEventListener('message', ({ data }) => typeof data === 'string' && onBytes(data));
    }
  }
  const here = typeof url === 'string' ? () => url : url;
  const socket = createWSClient({
    url: () => `${here().replace(/^http/, 'ws')}/trpc`,
    connectionParams: { token },
    WebSocket: Tapped,
    retryDelayMs: () => 40 + Math.random() * 60,
    keepAlive: { enabled: true, intervalMs: 2_000, pongTimeoutMs: 2_000 },
    onOpen,
  });
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription' || calls === 'socket',
        true: wsLink({ client: socket }),
        false: httpLink({
          url: 'http://anywhere/trpc',
          headers: { authorization: `Bearer ${token}` },
          fetch: (address, init) => fetch(String(address).replace('http://anywhere', here()), init as RequestInit),
        }),
      }),
    ],
  });
  return { api, close: async () => socket.close() };
}

/** For those who have no session yet. */
export const openStranger = (url: string): Api => createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc` })] });
