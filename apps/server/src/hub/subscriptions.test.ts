import { createDice, eventually, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { openChats, plainClient, turns } from '../test/plain.ts';
import { type Out, type Person, startServer, type TestServer } from '../test/server.ts';

const seed = 7_301;

async function scene() {
  const server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const chats = await openChats(server, anahera, bea, 3);
  const { pos } = await server.ok<Out['session']['snapshot']>('session.snapshot', undefined, bea);
  return { server, anahera, bea, chats, pos };
}

/** Talks in one chat after the other until it is told to stop. */
function fire(chats: Awaited<ReturnType<typeof openChats>>) {
  let on = true;
  const done = (async () => {
    for (let i = 0; on; i++) await chats.say(chats.ids[i % chats.ids.length] ?? '', `shot ${i}`);
  })();
  return async () => {
    on = false;
    await done;
  };
}

const nobody = (server: TestServer) => eventually('nobody attached', () => server.services.live.streams === 0);
const caughtUp = (ears: readonly { headOf(id: string): number }[], chats: { ids: readonly string[]; heads: ReadonlyMap<string, number> }) =>
  eventually('everything', () => ears.every((ear) => chats.ids.every((id) => ear.headOf(id) === chats.heads.get(id))));

test('several subscriptions on one socket each hear everything once, while 600 calls in batches of 20 are answered on it', async () => {
  const { server, bea, chats, pos } = await scene();
  await using _server = server;
  await using plain = plainClient(server, bea);
  const before = new Map(chats.heads);
  const ears = Array.from({ length: 5 }, () => plain.listen(pos));
  await eventually('the starts', () => ears.every((ear) => ear.types.includes('checkpoint')));
  const cease = fire(chats);
  let answered = 0;
  for (let batch = 0; batch < 30; batch++) {
    const calls = Array.from({ length: 20 }, () => plain.api.users.me.query({}));
    for (const me of await Promise.all(calls)) if (me.id === bea.id) answered++;
  }
  await cease();
  await caughtUp(ears, chats);
  expect(answered).toBe(600);
  expect(server.sockets()).toBe(1);
  for (const ear of ears) {
    expect(ear.total).toMatchObject({ doubled: 0, disordered: 0 });
    expect(chats.ids.flatMap((id) => ear.missing(id, (before.get(id) ?? 0) + 1, chats.heads.get(id) ?? 0))).toEqual([]);
  }
  process.stdout.write(`hub: ${answered} calls beside ${ears.length} subscriptions, ${ears[0]?.total.events} events each\n`);
});

test('D10: a hundred subscriptions stopped under fire: `stopped` comes, nothing after it, and nothing stays attached', async () => {
  const { server, bea, chats } = await scene();
  await using _server = server;
  const dice = createDice(seed);
  using socket = await server.socket(bea);
  const cease = fire(chats);
  let heard = 0;
  for (let id = 1; id <= 100; id++) {
    socket.send({ id, method: 'subscription', params: { path: 'events.subscribe', input: {} } });
    const wanted = dice.below(4); // 0: stopped before it began
    if (wanted > 0)
      await eventually('some events', () => socket.count((f) => f.id === id && f.result?.type === 'data') >= wanted, { every: 1 });
    await turns(dice.below(5));
    socket.send({ id, method: 'subscription.stop' });
    await eventually('the stop', () => socket.count((f) => f.id === id && f.result?.type === 'stopped') === 1, { every: 1 });
    heard += socket.count((f) => f.id === id && f.result?.type === 'data');
  }
  await turns(50);
  await cease();
  for (let id = 1; id <= 100; id++) expect(socket.frames.filter((f) => f.id === id).at(-1)?.result?.type).toBe('stopped');
  await nobody(server);
  process.stdout.write(`hub seed ${seed}: 100 stops, ${heard} frames before them, none after\n`);
  expect(heard).toBeGreaterThan(100);
});

test('asked to move 50 times, a client misses nothing, is told nothing twice, fails no call and ends on one socket', async () => {
  const { server, bea, chats, pos } = await scene();
  await using _server = server;
  await using plain = plainClient(server, bea);
  const before = new Map(chats.heads);
  const ear = plain.listen(pos);
  await eventually('the start', () => ear.types.includes('checkpoint'));
  const cease = fire(chats);
  let calls = 0;
  for (let moves = 0; moves < 50; moves++) {
    server.move();
    const asked = Promise.all(Array.from({ length: 5 }, () => plain.api.users.me.query({})));
    calls += (await asked).length;
    await eventually('the new socket alone', () => plain.opened() === moves + 2 && server.sockets() === 1, { every: 2 });
  }
  await cease();
  await caughtUp([ear], chats);
  expect(chats.ids.flatMap((id) => ear.missing(id, (before.get(id) ?? 0) + 1, chats.heads.get(id) ?? 0))).toEqual([]);
  expect(ear.total).toMatchObject({ doubled: 0, disordered: 0, resets: 0 });
  expect(calls).toBe(250);
  expect(ear.errors).toEqual([]);
  process.stdout.write(
    `hub: 50 moves, ${plain.opened()} sockets one after the other, ${ear.total.events} events, ${calls} calls, none failed\n`,
  );
});

test('D10: ten thousand starts and stops, some stopped before they began or twice, leave nothing attached, and the socket answers', async () => {
  const { server, bea } = await scene();
  await using _server = server;
  using socket = await server.socket(bea);
  const stop = (id: number) => socket.send({ id, method: 'subscription.stop' });
  stop(1); // nothing runs under it
  let stopped = 0;
  for (let round = 0; round < 200; round++) {
    const ids = Array.from({ length: 50 }, (_, i) => round * 50 + i + 1);
    for (const id of ids) {
      socket.send({ id, method: 'subscription', params: { path: 'events.subscribe', input: {} } });
      if (id % 2 === 0) stop(id); // in the same breath
    }
    if (round % 10 === 0)
      await eventually('a start', () => socket.count((f) => f.id === ids[0] && f.result?.type === 'data') > 0, { every: 1 });
    for (const id of ids) if (id % 2 === 1 || id % 3 === 0) stop(id);
    const ends = () => new Set(socket.frames.flatMap((f) => (f.result?.type === 'stopped' || f.error ? [f.id] : []))).size;
    await eventually('fifty ends', () => ends() === 50, { every: 1 });
    expect(socket.frames.filter((f) => f.error).map((f) => f.error?.data.code)).toEqual([]);
    stopped += ends();
    socket.frames.length = 0;
  }
  await nobody(server);
  expect(stopped).toBe(10_000);
  expect((await socket.query('users.me')).result).toBeDefined();
  expect(server.faults).toEqual([]);
});

test('D10: an id that is taken is refused, and the subscription that has it goes on alone', async () => {
  const { server, bea, chats } = await scene();
  await using _server = server;
  using socket = await server.socket(bea);
  const subscribe = { id: 5, method: 'subscription', params: { path: 'events.subscribe', input: {} } };
  socket.send(subscribe);
  await socket.event('checkpoint');
  socket.send(subscribe);
  await eventually('the refusal', () => socket.count((f) => f.id === 5 && f.error?.data.code === 'BAD_INPUT') === 1);
  await chats.say(chats.ids[0] ?? '', 'once');
  await socket.event('message.created');
  socket.send({ id: 6, method: 'query', params: { path: 'users.me' } });
  await eventually('the answer', () => socket.count((f) => f.id === 6) === 1);
  expect(socket.count((f) => f.result?.data?.data?.type === 'message.created')).toBe(1);
});

test('an id that would make every frame long or ambiguous is refused; a short string is answered by', async () => {
  const { server, bea } = await scene();
  await using _server = server;
  using socket = await server.socket(bea);
  const ask = (id: unknown) => socket.send({ id, method: 'subscription', params: { path: 'events.subscribe', input: {} } });
  for (const id of ['x'.repeat(65), 2 ** 53, 1.5, -(2 ** 60)]) ask(id);
  socket.send(`{"id":1e999,"method":"query","params":{"path":"users.me"}}`);
  await eventually('five refusals', () => socket.count((f) => f.id === null && f.error?.data.code === 'BAD_INPUT') === 5);
  const name = 'te "reo" 🌿';
  ask(name);
  await eventually('a checkpoint by name', () => socket.frames.some((f) => f.id === name && f.result?.data?.data.type === 'checkpoint'));
  expect(server.services.live.streams).toBeGreaterThan(0);
});

test('L2: replay runs into live under fire, 60 times over 600 rows and more, without a gap and without a repeat', async () => {
  const { server, bea, chats, pos } = await scene();
  await using _server = server;
  const before = new Map(chats.heads);
  for (let i = 0; i < 600; i += 50)
    await Promise.all(Array.from({ length: 50 }, (_, j) => chats.say(chats.ids[j % 3] ?? '', `row ${i + j}`)));
  let events = 0;
  for (let round = 0; round < 60; round++) {
    await using plain = plainClient(server, bea);
    const ear = plain.listen(pos);
    const said: Promise<void>[] = [];
    for (let i = 0; i < 10; i++) {
      said.push(chats.say(chats.ids[i % 3] ?? '', `live ${round} ${i}`));
      await turns(2);
    }
    await Promise.all(said);
    await caughtUp([ear], chats);
    for (const id of chats.ids) {
      const first = (before.get(id) ?? 0) + 1;
      expect(ear.seqs(id)).toEqual(Array.from({ length: (chats.heads.get(id) ?? 0) - first + 1 }, (_, i) => first + i));
    }
    events += ear.total.events;
  }
  process.stdout.write(`L2: 60 replays into live, ${events} events in order\n`);
});

test('G7: twenty sessions that are ended under fire hear nothing of what was said after, and are closed within a second', async () => {
  const { server, bea, chats } = await scene();
  await using _server = server;
  const cease = fire(chats);
  let slowest = 0;
  for (let round = 0; round < 20; round++) {
    const reply = await server.call('auth.signIn', { email: bea.email, password: bea.password });
    const phone: Person = { ...bea, token: (reply.data as { token: string }).token };
    using socket = await server.socket(phone);
    await socket.subscribe();
    await socket.event('message.created');
    const started = performance.now();
    await server.ok('auth.signOut', undefined, phone);
    const canary = `canary-${round}`;
    await chats.say(chats.ids[0] ?? '', canary);
    expect(await socket.closed).toBe(4401);
    slowest = Math.max(slowest, performance.now() - started);
    expect(socket.texts.filter((text) => text.includes(canary))).toEqual([]);
  }
  await cease();
  expect(slowest).toBeLessThan(1_000 * patience);
  process.stdout.write(`G7: 20 sessions ended under fire, the slowest socket closed after ${slowest.toFixed(0)} ms\n`);
});
