import { once } from 'node:events';
import { WebSocket } from 'ws';

/** One connection that speaks tRPC's frames itself: the client library would take the core that the server needs. */
export interface Line {
  /** Rejects with what the server refused. */
  mutate(path: string, input: unknown): Promise<void>;
  /** Answers when the server says that it started. */
  subscribe(path: string, input: unknown): Promise<void>;
  unsubscribe(): Promise<void>;
  /** Frames with data that came on subscriptions. */
  readonly delivered: number;
}

interface Frame {
  readonly id: number | null;
  readonly error?: unknown;
  readonly result?: { readonly type: 'data' | 'started' | 'stopped' };
}

const subscription = 1;

export async function openLine(url: string, token: string): Promise<Line> {
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` }, perMessageDeflate: false });
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let last = subscription;
  let delivered = 0;
  socket.on('message', (data) => {
    const frame: Frame = JSON.parse(String(data));
    if (frame.id === null) return;
    if (frame.result?.type === 'data' && frame.id === subscription) {
      delivered++;
      return;
    }
    const call = waiting.get(frame.id);
    waiting.delete(frame.id);
    if (frame.error) call?.reject(new Error(JSON.stringify(frame.error)));
    else call?.resolve();
  });
  socket.on('close', (code, reason) => {
    for (const call of waiting.values()) call.reject(new Error(`The socket was closed: ${code} ${reason}`));
  });
  await once(socket, 'open');

  const send = (id: number, method: string, params?: unknown) =>
    new Promise<void>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params }));
    });
  return {
    mutate: (path, input) => send(++last, 'mutation', { path, input }),
    subscribe: (path, input) => send(subscription, 'subscription', { path, input }),
    unsubscribe: () => send(subscription, 'subscription.stop'),
    get delivered() {
      return delivered;
    },
  };
}
