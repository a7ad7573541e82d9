import { once } from 'node:events';
import { connect } from 'node:net';
import { eventually } from '@koreromai/testing';

/** A plain connection that keeps every byte that comes. */
export async function rawConnection(port: number) {
  const net = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const chunks: Buffer[] = [];
  let ended = false;
  const end = new Promise<void>((resolve) => {
    net.once('end', resolve).once('close', () => resolve());
  });
  net.on('data', (chunk: Buffer) => void chunks.push(chunk));
  net.on('error', () => {});
  net.once('end', () => {
    ended = true;
  });
  net.once('close', () => {
    ended = true;
  });
  await once(net, 'connect');
  return {
    net,
    bytes: () => Buffer.concat(chunks),
    text: () => Buffer.concat(chunks).toString('latin1'),
    ended: () => ended,
    /** Resolves when the peer has hung up. */
    end,
    [Symbol.dispose]: () => void net.destroy(),
  };
}

export type RawConnection = Awaited<ReturnType<typeof rawConnection>>;

export interface RawReply {
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  readonly head: string;
  readonly text: string;
}

/** Sends bytes as they are and gives what comes back before the end, or as soon as a whole head is there. */
export async function rawRequest(port: number, bytes: string | Buffer): Promise<RawReply> {
  using connection = await rawConnection(port);
  connection.net.write(bytes);
  while (!connection.ended() && !connection.text().includes('\r\n\r\n')) await Promise.race([once(connection.net, 'data'), connection.end]);
  return parsed(connection.text());
}

function parsed(text: string): RawReply {
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, text };
}

/** The head of a WebSocket upgrade, with headers as given, repeated and odd ones included. */
export function upgradeHead(path: string, headers: readonly (readonly [name: string, value: string])[] = []): string {
  const fixed = [
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  return `GET ${path} HTTP/1.1\r\n${[...fixed, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
}

/** An upgraded connection on which any bytes can be sent. */
export async function rawSocket(port: number, token: string, path = '/trpc'): Promise<RawConnection> {
  const connection = await rawConnection(port);
  connection.net.write(upgradeHead(path, [['Authorization', `Bearer ${token}`]]));
  await eventually('the upgrade', () => connection.text().includes('101 Switching Protocols'));
  return connection;
}

interface FrameOptions {
  readonly opcode?: number;
  readonly fin?: boolean;
  /** The three reserved bits. */
  readonly rsv?: number;
  readonly masked?: boolean;
  /** Said in the header instead of the true length. */
  readonly length?: number;
}

/** One WebSocket frame, well-formed or not. */
export function frameOf(payload: string | Buffer, { opcode = 1, fin = true, rsv = 0, masked = true, length }: FrameOptions = {}): Buffer {
  const body = Buffer.from(payload as string);
  const size = length ?? body.length;
  const head = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (masked ? 0x80 : 0) | (size < 126 ? size : size < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(size, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(size), 2);
  return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), body]); // a mask of zeros leaves the payload readable
}
