import { WebSocket } from 'ws';
import type { Wire } from './wire.ts';

export interface Connection {
  readonly person: string;
  readonly open: boolean;
  send(frame: string): void;
  /** Connects, again after an end; resolves when it hears its chats. Rejects when it cannot. */
  connect(): Promise<void>;
}

export interface Ears {
  frame(connection: Connection, frame: string): void;
  closed(connection: Connection): void;
}

/** One person's connection, kept as small as it can be: ten thousand of them share the load's process. */
export function createConnection(origin: string, wire: Wire, { id, token }: { id: string; token: string }, ears: Ears): Connection {
  let socket: WebSocket | null = null;
  let place: string | null = null;
  let ready = false;
  const connection: Connection = {
    person: id,
    get open() {
      return ready;
    },
    send: (frame) => socket?.send(frame),
    connect: () =>
      new Promise((resolve, reject) => {
        const own = new WebSocket(`${origin.replace(/^http/, 'ws')}${wire.path}`, {
          headers: { authorization: `Bearer ${token}` },
          perMessageDeflate: false,
        });
        socket = own;
        own.on('open', () => {
          for (const frame of wire.hello(place)) own.send(frame);
        });
        own.on('message', (data) => {
          const frame = String(data);
          const answer = wire.answer(frame);
          if (answer !== null) return own.send(answer);
          if (!ready && wire.ready(frame)) {
            ready = true;
            return resolve();
          }
          place = wire.place(frame) ?? place;
          ears.frame(connection, frame);
        });
        own.on('error', reject);
        own.on('close', () => {
          reject(new Error('closed'));
          if (ready) {
            ready = false;
            ears.closed(connection);
          }
        });
      }),
  };
  return connection;
}
