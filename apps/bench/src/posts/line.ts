import { once } from 'node:events';
import { connect } from 'node:net';
import { clientFrame, frameReader, pong, upgradeOf } from '../socket/frames.ts';

/** One connection that speaks tRPC's frames itself and reads no more of them than it must: what the load takes of the machine the server has not. */
export interface Line {
  /** Rejects with what the server refused. */
  mutate(path: string, input: unknown): Promise<void>;
  /** Answers when the server says that it started. */
  subscribe(path: string, input: unknown): Promise<void>;
  unsubscribe(): Promise<void>;
  /** Frames with data that came on subscriptions. */
  readonly delivered: number;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const subscription = 1;
const data = Buffer.from(`{"id":${subscription},"result":{"type":"data"`);
const endOfHead = '\r\n\r\n';

export async function openLine(url: string, token: string): Promise<Line> {
  const { host, hostname, port, pathname } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, noDelay: true });
  const waiting = new Map<number, Waiting>();
  let last = subscription;
  let delivered = 0;

  function hear(bytes: Buffer, from: number, to: number): void {
    if (to - from > data.length && bytes.compare(data, 0, data.length, from, from + data.length) === 0) {
      delivered++;
      return;
    }
    const text = bytes.toString('latin1', from, to); // the bench says nothing but ASCII
    if (text === 'PING') socket.write(clientFrame('PONG'));
    const [, id, what] = /^\{"id":(\d+),"(result|error)"/.exec(text) ?? [];
    const call = waiting.get(Number(id));
    waiting.delete(Number(id));
    if (what === 'error') call?.reject(new Error(text));
    else call?.resolve();
  }

  await once(socket, 'connect');
  socket.write(upgradeOf(host, pathname, token));
  const [opened]: Buffer[] = await once(socket, 'data');
  const head = String(opened);
  if (!head.startsWith('HTTP/1.1 101') || !head.endsWith(endOfHead)) throw new Error(`The server answered ${head.slice(0, 200)}`);
  socket.on('data', frameReader({ text: hear, ping: () => void socket.write(pong) }));
  socket.on('close', () => {
    for (const call of waiting.values()) call.reject(new Error('The socket was closed.'));
  });

  const send = (id: number, method: string, params?: unknown) =>
    new Promise<void>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      socket.write(clientFrame(JSON.stringify({ id, method, params })));
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
