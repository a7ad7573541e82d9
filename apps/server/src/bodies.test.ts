import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { limits } from '@koreromai/contract';
import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { rawConnection, rawRequest } from './test/raw.ts';
import { startServer } from './test/server.ts';

const paths = ['/trpc/auth.signUp', '/trpc/nowhere', '/api/v1/nowhere', '/api/v1/auth/sign-in', '/nowhere', '/healthz'];
const megabyte = 1_048_576;

/** Counts what the server really took in from its connections. */
function countAccepted() {
  const sockets: Socket[] = [];
  const note = (message: unknown) => void sockets.push((message as { socket: Socket }).socket);
  diagnostics.subscribe('net.server.socket', note);
  return {
    bytes: () => Math.max(0, ...sockets.map((s) => s.bytesRead)),
    [Symbol.dispose]: () => void diagnostics.unsubscribe('net.server.socket', note),
  };
}

/** Sends up to `size` bytes of body and gives the answer's status and what was taken of it. */
async function flood(port: number, head: string, size: number, chunked: boolean): Promise<{ status: number; taken: number }> {
  using accepted = countAccepted();
  using connection = await rawConnection(port);
  const { net } = connection;
  net.write(`${head}\r\n\r\n`);
  const piece = Buffer.alloc(65_536, 0x20);
  const part = chunked ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]) : piece;
  for (let sent = 0; sent < size && !connection.ended() && !net.destroyed; sent += piece.length) {
    if (!net.write(part)) await Promise.race([new Promise((resolve) => net.once('drain', resolve)), connection.end]);
  }
  if (chunked && net.writable) net.write('0\r\n\r\n');
  await eventually('an answer', () => connection.ended() || /^HTTP\/1\.1 \d+/.test(connection.text()));
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(connection.text())?.[1] ?? 0), taken: accepted.bytes() };
}

const head = (method: string, path: string, ...more: string[]) =>
  [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Content-Type: application/json', ...more].join('\r\n');

test('R5: 60 MB are refused with 413 on every path, with and without a length, after at most 1 MB was read', async () => {
  await using server = await startServer();
  const wrong: string[] = [];
  let most = 0;
  for (const path of paths) {
    for (const chunked of [true, false]) {
      const size = 60 * megabyte;
      const { status, taken } = await flood(
        server.port,
        head('POST', path, chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${size}`),
        size,
        chunked,
      );
      most = Math.max(most, taken);
      if (status !== 413) wrong.push(`${path} ${chunked ? 'chunked' : 'sized'}: ${status}`);
      if (taken > megabyte) wrong.push(`${path} ${chunked ? 'chunked' : 'sized'}: ${taken} bytes read`);
    }
  }
  expect(wrong).toEqual([]);
  expect((await server.call('users.me')).status).toBe(401);
  process.stdout.write(`R5: ${paths.length * 2} floods of 60 MB, at most ${most} bytes read\n`);
});

test('R5: a body of exactly 256 kB is looked at, one byte more is not', async () => {
  await using server = await startServer();
  const post = (size: number) =>
    fetch(`${server.url}/trpc/auth.signUp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '"'.padEnd(size - 1, 'x').concat('"'),
    });
  expect((await post(limits.http.maxJson)).status).toBe(400);
  const over = await post(limits.http.maxJson + 1);
  expect(over.status).toBe(413);
  expect(await over.json()).toMatchObject({ code: 'TOO_LARGE', status: 413 });
});

test('R5: a small body in pieces without a length is served like any other', async () => {
  await using server = await startServer();
  const body = JSON.stringify({ email: 'anahera@example.nz', password: 'correct horse', name: 'Anahera' });
  const pieces = [body.slice(0, 20), body.slice(20)].map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('');
  const { status } = await rawRequest(
    server.port,
    `${head('POST', '/trpc/auth.signUp', 'Transfer-Encoding: chunked')}\r\n\r\n${pieces}0\r\n\r\n`,
  );
  expect({ status, faults: server.faults }).toEqual({ status: 200, faults: [] });
});

test('R5: a length that lies gets no further than the truth', async () => {
  await using server = await startServer();
  const short = await flood(server.port, head('POST', '/trpc/auth.signUp', 'Content-Length: 10'), 65_536, false);
  expect([400, 413]).toContain(short.status);
  for (const length of ['-1', '1e3', 'x', '99999999999999999999', '10, 20']) {
    const { status } = await flood(server.port, head('POST', '/trpc/auth.signUp', `Content-Length: ${length}`), 65_536, false);
    expect([0, 400, 413], length).toContain(status);
  }
  const both = await flood(server.port, head('POST', '/trpc/auth.signUp', 'Content-Length: 5', 'Transfer-Encoding: chunked'), 65_536, true);
  expect([0, 400, 413]).toContain(both.status);
  expect((await server.call('users.me')).status).toBe(401);
});
