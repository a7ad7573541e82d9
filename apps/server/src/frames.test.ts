import { randomBytes } from 'node:crypto';
import { limits } from '@koreromai/contract';
import { eventually, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { frameOf, rawSocket } from './test/raw.ts';
import { type Person, startServer, type TestServer } from './test/server.ts';

const ask = (id: unknown, path = 'users.me') => JSON.stringify({ id, method: 'query', params: { path } });

/** What no honest client sends, as raw bytes. */
const odd: Readonly<Record<string, () => Buffer>> = {
  'id null': () => frameOf(ask(null)),
  'an empty array': () => frameOf('[]'),
  'an empty object': () => frameOf('{}'),
  'no bytes': () => frameOf(''),
  'a number': () => frameOf('1'),
  null: () => frameOf('null'),
  'a string': () => frameOf('"kia ora"'),
  'an array of nulls': () => frameOf('[null,null]'),
  'half of JSON': () => frameOf('{"id":1,'),
  'id an object': () => frameOf(ask({ toString: 1 })),
  'no params': () => frameOf('{"id":1,"method":"query"}'),
  'params null': () => frameOf('{"id":1,"method":"query","params":null}'),
  'an unknown method': () => frameOf('{"id":1,"method":"constructor","params":{"path":"users.me"}}'),
  'a path of a prototype': () => frameOf(ask(1, '__proto__')),
  'a path that is no string': () => frameOf('{"id":1,"method":"query","params":{"path":{"a":1}}}'),
  'lastEventId an object': () => frameOf('{"id":1,"method":"subscription","params":{"path":"events.subscribe","lastEventId":{}}}'),
  'stop before start': () => frameOf('{"id":77,"method":"subscription.stop"}'),
  'polluting keys': () =>
    frameOf(
      '{"id":1,"method":"query","params":{"path":"users.me","input":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}}',
    ),
  'nested 30,000 deep': () => frameOf(`${'['.repeat(30_000)}${']'.repeat(30_000)}`),
  'nested 10,000 deep in the input': () =>
    frameOf(`{"id":1,"method":"query","params":{"path":"users.me","input":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}}`),
  'nested 100,000 deep, above the bound': () => frameOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  'one byte above the bound': () => frameOf(`"${'x'.repeat(limits.socket.maxPayload - 1)}"`),
  'a length of 2^40': () => frameOf('x', { length: 2 ** 40 }),
  binary: () => frameOf(Buffer.from(ask(1)), { opcode: 2 }),
  'random binary': () => frameOf(randomBytes(1_000), { opcode: 2 }),
  'invalid UTF-8': () => frameOf(Buffer.from([0x22, 0xc3, 0x28, 0xff, 0x22])),
  'no mask': () => frameOf(ask(1), { masked: false }),
  'reserved bit 1': () => frameOf(ask(1), { rsv: 4 }),
  'reserved bits 2 and 3': () => frameOf(ask(1), { rsv: 3 }),
  'a reserved opcode': () => frameOf(ask(1), { opcode: 3 }),
  'a reserved control opcode': () => frameOf('', { opcode: 11 }),
  'a ping of 126 bytes': () => frameOf('x'.repeat(126), { opcode: 9 }),
  'a fragmented ping': () => frameOf('x', { opcode: 9, fin: false }),
  'a continuation of nothing': () => frameOf('x', { opcode: 0 }),
  'a start that never ends': () => Buffer.concat(Array.from({ length: 3 }, () => frameOf('x', { fin: false }))),
  '20,000 empty fragments': () =>
    Buffer.concat([frameOf('', { fin: false }), ...Array.from({ length: 20_000 }, () => frameOf('', { opcode: 0, fin: false }))]),
  'close code 1005': () => frameOf(Buffer.from([0x03, 0xed]), { opcode: 8 }),
  'close code 0': () => frameOf(Buffer.from([0, 0]), { opcode: 8 }),
  'a close of one byte': () => frameOf(Buffer.from([1]), { opcode: 8 }),
  'a close with invalid UTF-8': () => frameOf(Buffer.from([0x03, 0xe8, 0xff]), { opcode: 8 }),
  'frames after a close': () => Buffer.concat([frameOf(Buffer.from([0x03, 0xe8]), { opcode: 8 }), frameOf(ask(1))]),
  'HTTP in the middle': () => Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  noise: () => randomBytes(5_000),
};

async function expectServed(server: TestServer, who: Person): Promise<void> {
  using honest = await server.socket(who);
  const frame = await honest.query('users.me');
  expect(frame.result?.type).toBe('data');
}

test('R1: after any frame the socket is closed or answers, and the server goes on', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const untold: string[] = [];
  for (const [name, bytes] of Object.entries(odd)) {
    using connection = await rawSocket(server.port, anahera.token);
    connection.net.write(bytes());
    connection.net.write(frameOf(ask(4_242)));
    const done = () => connection.ended() || connection.text().includes('4242');
    await eventually('the end or an answer', done, { within: 3_000 * patience, every: 5 }).catch(() => untold.push(name));
    if (/\.ts:\d|node_modules|"stack"/.test(connection.text())) untold.push(`${name} told of the insides`);
  }
  await expectServed(server, anahera);
  expect(untold.filter((name) => name !== 'a start that never ends' && name !== 'a length of 2^40')).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  process.stdout.write(`R1: ${Object.keys(odd).length} odd frames, the server stands\n`);
});

test('R2: connection parameters of any shape let nobody in and bring nothing down', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const params = [
    'null',
    '1',
    '"x"',
    '[]',
    '[1]',
    '{"token":1}',
    '{"token":null}',
    '{"token":{"a":1}}',
    '{"token":["x"]}',
    '{"token":""}',
    '{"__proto__":{"token":"x"}}',
    `{"token":"${'x'.repeat(60_000)}"}`,
    '{"token":"\\u0000"}',
  ];
  const messages = [
    ...params.map((data) => `{"method":"connectionParams","data":${data}}`),
    '{}',
    '[]',
    '',
    'null',
    'x',
    '{"method":"connectionParams"}',
    ask(1),
  ];
  const tryOne = async (message: string) => {
    using connection = await rawSocket(server.port, 'none', '/trpc?connectionParams=1');
    connection.net.write(Buffer.concat([frameOf(message), frameOf(ask(2))]));
    await eventually(`the end after ${message.slice(0, 60)}`, () => connection.ended(), { within: 3_000 * patience, every: 5 });
    expect(connection.text()).not.toContain('"result"');
  };
  await Promise.all(messages.map(tryOne));
  await expectServed(server, anahera);
  process.stdout.write(`R2: ${messages.length} wrong parameters, every socket closed\n`);
});

test('R4: an array above 20 is refused before any of it runs, and twenty run', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const before = await server.state();
  using socket = await server.socket(anahera);
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      id: i + 100,
      method: 'mutation',
      params: { path: 'conversations.create', input: { kind: 'direct', person: `guest-${i}@example.org` } },
    }));
  socket.send(many(21));
  await eventually('21 refusals', () => socket.frames.length === 21);
  expect(new Set(socket.frames.map((f) => f.error?.data.code))).toEqual(new Set(['BAD_INPUT']));
  expect(await server.state()).toBe(before);
  socket.send(many(20));
  await eventually('20 answers', () => socket.frames.length === 41);
  expect(socket.count((f) => f.result !== undefined)).toBe(20);
});

test('R4: a flood of frames is throttled, and an honest caller beside it is served', async () => {
  await using server = await startServer();
  const [flooder, honest] = await server.people('flooder', 'honest');
  using flood = await server.socket(flooder);
  using calm = await server.socket(honest);
  for (let i = 0; i < 20_000; i++) flood.send({ id: i, method: 'query', params: { path: 'users.me' } });
  const times: number[] = [];
  for (let i = 0; i < 50; i++) {
    const start = performance.now();
    await calm.query('users.me');
    times.push(performance.now() - start);
  }
  const slowest = Math.max(...times);
  const answered = flood.frames.length;
  expect(answered, 'answers to the flood').toBeLessThan(10_000);
  expect(slowest).toBeLessThan(1_000 * patience);
  process.stdout.write(
    `R4: 20,000 frames sent, ${answered} answered meanwhile; the honest caller waited ${slowest.toFixed(0)} ms at most\n`,
  );
});

test('R5: a socket carries 64 subscriptions and no more, also when all are asked for at once', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  using socket = await server.socket(anahera);
  for (let i = 0; i < 100; i++) socket.send({ id: i, method: 'subscription', params: { path: 'events.subscribe', input: {} } });
  const count = (type: string) => socket.count((f) => f.result?.type === type);
  const refused = () => socket.count((f) => f.error?.data.code === 'TOO_MANY_SUBSCRIPTIONS');
  await eventually('100 answers', () => count('started') + refused() >= 100);
  expect({ started: count('started'), refused: refused() }).toEqual({ started: limits.socket.maxSubscriptions, refused: 36 });
  socket.send({ id: 0, method: 'subscription.stop' });
  await eventually('a free place', () => count('stopped') >= 1);
  socket.send({ id: 1_000, method: 'subscription', params: { path: 'events.subscribe', input: {} } });
  await eventually('the place taken again', () => count('started') === limits.socket.maxSubscriptions + 1);
});
