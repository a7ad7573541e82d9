import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One frame of a client, masked with zeros, which leaves its text as it is. */
export function clientFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const long = body.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head[0] = 0x81;
  head[1] = 0x80 | (long ? 126 : body.length);
  if (long) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

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
  socket.on(
    'data',
    counter(counted, (frame) => socket.write(frame)),
  );
  return socket;
}

/** A socket, and what came together with the upgrade. */
export async function openSocket({ port, path, token, hello }: Entry): Promise<{ socket: Socket; first: string }> {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  await once(socket, 'connect');
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  const [head] = await once(socket, 'data');
  if (!String(head).startsWith('HTTP/1.1 101')) throw new Error(`The peer answered ${String(head).slice(0, 100)}`);
  if (hello !== '') socket.write(clientFrame(hello));
  return { socket, first: String(head) };
}

/** Finds where frames begin and answers pings, of sockets and of Socket.IO: whoever does not is taken for gone. */
function counter(counted: () => void, answer: (frame: Buffer) => void): (data: Buffer) => void {
  let skip = 0;
  let rest: Buffer = Buffer.alloc(0);
  return (data) => {
    let bytes = data;
    if (rest.length > 0) {
      bytes = Buffer.concat([rest, data]);
      rest = Buffer.alloc(0);
    }
    let at = skip;
    while (at + 2 <= bytes.length) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (at + head > bytes.length) break;
      const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      if (bytes[at] === 0x89) answer(pong);
      else if (bytes[at] === 0x81 && size === 1) answer(clientFrame('3'));
      else if (bytes[at] === 0x81) counted();
      at += head + size;
    }
    skip = Math.max(0, at - bytes.length);
    if (at < bytes.length) rest = bytes.subarray(at);
  };
}

const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
