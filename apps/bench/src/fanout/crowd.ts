import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { clientFrame, frameReader, pong, upgradeOf } from '../socket/frames.ts';

interface Entry {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  /** What is said once the socket is open. */
  readonly hello: string;
}

/** Opens a socket and resolves once `checkpoint` was heard on it. From then on it only counts the frames that come, which costs as little as it can. */
export async function joinCrowd(entry: Entry, counted: () => void): Promise<Socket> {
  const { socket, first } = await openSocket(entry);
  let heard = first;
  while (!heard.includes('checkpoint')) heard += String((await once(socket, 'data'))[0]);
  socket.on('data', counter(socket, counted));
  return socket;
}

/** A socket, and what came together with the upgrade. */
export async function openSocket({ port, path, token, hello }: Entry): Promise<{ socket: Socket; first: string }> {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  await once(socket, 'connect');
  socket.write(upgradeOf(`127.0.0.1:${port}`, path, token));
  const [head] = await once(socket, 'data');
  if (!String(head).startsWith('HTTP/1.1 101')) throw new Error(`The peer answered ${String(head).slice(0, 100)}`);
  if (hello !== '') socket.write(clientFrame(hello));
  return { socket, first: String(head) };
}

/** Answers pings, of sockets and of Socket.IO: whoever does not is taken for gone. */
const counter = (socket: Socket, counted: () => void): ((data: Buffer) => void) =>
  frameReader({
    text(_bytes, from, to) {
      if (to - from === 1) socket.write(clientFrame('3'));
      else counted();
    },
    ping: () => void socket.write(pong),
  });
