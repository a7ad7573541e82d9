/** One text frame of a client, masked with zeros, which leaves its text as it is. */
export function clientFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const long = body.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head[0] = 0x81;
  head[1] = 0x80 | (long ? 126 : body.length);
  if (long) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** The answer to a ping, whatever it said. */
export const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

export interface Heard {
  /** A text lies in `bytes` from `from` to `to`, for as long as the call lasts. */
  text(bytes: Buffer, from: number, to: number): void;
  ping(): void;
}

const nothing = Buffer.alloc(0);

/** Finds the frames of a server in what a socket reads, which may end in the middle of one. The bytes given may be used again afterwards. */
export function frameReader(heard: Heard): (bytes: Buffer) => void {
  let rest: Buffer = nothing;
  return (read) => {
    const bytes = rest.length === 0 ? read : Buffer.concat([rest, read]);
    let at = 0;
    while (at + 2 <= bytes.length) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (at + head > bytes.length) break;
      const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      if (at + head + size > bytes.length) break;
      if (bytes[at] === 0x81) heard.text(bytes, at + head, at + head + size);
      else if (bytes[at] === 0x89) heard.ping();
      at += head + size;
    }
    rest = at === bytes.length ? nothing : Buffer.from(bytes.subarray(at));
  };
}

/** What a client says first to open a socket there. */
export const upgradeOf = (host: string, path: string, token: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer ${token}\r\n\r\n`;
