import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { rawConnection } from './test/raw.ts';
import { startServer } from './test/server.ts';

const account = JSON.stringify({ email: 'hidden@example.nz', password: 'correct horse hidden', name: 'Hidden' });
/** A request that must never be carried out: it makes an account. */
const hidden = `POST /trpc/auth.signUp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${account.length}\r\n\r\n${account}`;
const head = (...lines: string[]) => ['POST /trpc/users.me HTTP/1.1', 'Host: localhost', ...lines].join('\r\n');

/** Requests of which a proxy and a server could think that they end in different places. */
const odd: Readonly<Record<string, string>> = {
  'both a length and pieces': `${head('Content-Length: 4', 'Transfer-Encoding: chunked')}\r\n\r\n0\r\n\r\n${hidden}`,
  'pieces and a length': `${head('Transfer-Encoding: chunked', 'Content-Length: 4')}\r\n\r\n0\r\n\r\n${hidden}`,
  'two lengths': `${head('Content-Length: 0', `Content-Length: ${hidden.length}`)}\r\n\r\n${hidden}`,
  'a list of lengths': `${head('Content-Length: 0, 0')}\r\n\r\n${hidden}`,
  'a length with a sign': `${head('Content-Length: +0')}\r\n\r\n${hidden}`,
  'a folded header': `${head('X-Folded: one', ' two', 'Content-Length: 0')}\r\n\r\n${hidden}`,
  'a folded coding': `${head('Transfer-Encoding:', ' chunked')}\r\n\r\n0\r\n\r\n${hidden}`,
  'an unknown coding': `${head('Transfer-Encoding: xchunked')}\r\n\r\n0\r\n\r\n${hidden}`,
  'two codings': `${head('Transfer-Encoding: chunked, identity')}\r\n\r\n0\r\n\r\n${hidden}`,
  'a space before the colon': `${head('Transfer-Encoding : chunked')}\r\n\r\n0\r\n\r\n${hidden}`,
  'bare line feeds': `${head('Content-Length: 0')}\n\n${hidden}`,
  'a bare line feed between headers': `${head('X-One: 1\nTransfer-Encoding: chunked')}\r\n\r\n0\r\n\r\n${hidden}`,
  'a zero byte': `${head('X-Zero: a\0b')}\r\n\r\n${hidden}`,
  'a piece that is longer than it says': `${head('Transfer-Encoding: chunked')}\r\n\r\n1\r\nab\r\n0\r\n\r\n${hidden}`,
  'a piece of no number': `${head('Transfer-Encoding: chunked')}\r\n\r\n0x0\r\n\r\n${hidden}`,
  'a header of 32 kB': `${head(`X-Long: ${'a'.repeat(32_768)}`)}\r\n\r\n${hidden}`,
};

test('R10: a request whose end is in doubt is refused and the connection ended, so that nothing behind it is carried out', async () => {
  await using server = await startServer();
  const people = async () => (await server.services.read.selectFrom('user').select('id').execute()).length;
  const answers: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(odd)) {
    using connection = await rawConnection(server.port);
    connection.net.write(bytes);
    await eventually(`the end after ${name}`, () => connection.ended());
    answers[name] = [...connection.text().matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status).join(' then ');
    expect(await people(), name).toBe(0);
  }
  process.stdout.write(`R10: ${JSON.stringify(answers)}\n`);
  for (const [name, statuses] of Object.entries(answers)) expect(statuses, name).toMatch(/^(4\d\d)?( then 4\d\d)?$/);
  expect(await people()).toBe(0);
  using plain = await rawConnection(server.port);
  plain.net.write(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n${hidden}`); // one behind the other is allowed, each with its end
  await eventually('both answers', () => plain.text().match(/HTTP\/1\.1 200/g)?.length === 2);
  expect(await people()).toBe(1);
  expect(server.faults).toEqual([]);
});

test('R10: of two thousand headers no more are read than a hundred, and nobody waits', async () => {
  await using server = await startServer();
  using connection = await rawConnection(server.port);
  connection.net.write(
    `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${Array.from({ length: 2_000 }, (_, i) => `X${i}: 1`).join('\r\n')}\r\n\r\n`,
  );
  await eventually('an answer', () => /^HTTP\/1\.1 (200|4\d\d)/.test(connection.text()));
  expect((await server.call('users.me')).status).toBe(401);
});
