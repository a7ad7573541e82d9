import { connect, type Socket } from 'node:net';
import { clientFrame, frameReader, pong, upgradeOf } from '../socket/frames.ts';
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

/** What is read is done with before the next is: one buffer serves them all. */
const shared = Buffer.allocUnsafe(65_536);
const endOfHead = '\r\n\r\n';

/**
 * One person's connection, kept as small as it can be and without a library: ten thousand of them share the load's process, and what
 * it takes of the machine no server has, whichever is measured.
 */
export function createConnection(origin: string, wire: Wire, { id, token }: { id: string; token: string }, ears: Ears): Connection {
  const { host, hostname, port } = new URL(origin);
  let socket: Socket | null = null;
  let last: string | null = null;
  let ready = false;
  const send = (frame: string) => void socket?.write(clientFrame(frame));

  function hear(frame: string, began: () => void): void {
    const answer = wire.answer(frame);
    if (answer !== null) send(answer);
    else if (ready) {
      if (wire.placed(frame)) last = frame;
      ears.frame(connection, frame);
    } else if (wire.ready(frame)) {
      ready = true;
      began();
    }
  }

  function open(resolve: () => void, reject: (error: Error) => void): void {
    const text = (bytes: Buffer, from: number, to: number) => hear(bytes.toString('latin1', from, to), resolve); // the bench says nothing but ASCII
    const read = frameReader({ text, ping: () => void socket?.write(pong) });
    let head: string | null = '';
    const callback = (length: number) => {
      const bytes = shared.subarray(0, length);
      if (head === null) read(bytes);
      else {
        head += bytes.toString('latin1');
        const end = head.indexOf(endOfHead);
        if (end === -1) return true;
        if (!head.startsWith('HTTP/1.1 101')) own.destroy(new Error(`The server answered ${head.slice(0, 100)}`));
        for (const frame of wire.hello(last === null ? null : wire.place(last))) send(frame);
        const rest = Buffer.from(head.slice(end + endOfHead.length), 'latin1');
        head = null;
        read(rest);
      }
      return true;
    };
    const own = connect({ port: Number(port), host: hostname, noDelay: true, onread: { buffer: shared, callback } });
    socket = own;
    own.write(upgradeOf(host, wire.path, token));
    own.on('error', reject);
    own.on('close', () => {
      reject(new Error('closed'));
      if (ready) {
        ready = false;
        ears.closed(connection);
      }
    });
  }

  const connection: Connection = {
    person: id,
    get open() {
      return ready;
    },
    send,
    connect: () => new Promise(open),
  };
  return connection;
}
