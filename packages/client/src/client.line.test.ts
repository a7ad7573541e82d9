import { expect, it } from 'vitest';
import { createClient } from './client.ts';
import { begin } from './test/begin.ts';
import { createFakeClock } from './test/fake-clock.ts';
import { arrange } from './test/history.ts';
import { startServer, until } from './test/server.ts';

it('G5: what others write arrives', async () => {
  await using here = await begin();
  await here.client.openConversation(here.chat);
  here.other.post(here.chat, here.world.newId(), 'mōrena');
  await until(() => here.texts().at(-1) === 'mōrena', 'the message');
});

it('a new chat appears by itself and follows its events', async () => {
  await using here = await begin();
  const made = here.other.create('direct', [here.me.me.id], null);
  here.other.post(made.id, here.world.newId(), 'hi');
  await until(() => here.client.store.get().conversations[made.id]?.unreadCount === 1, 'the chat');
});

it('L1: what happened while the line was down is there when it is back, and the queue is sent', async () => {
  await using here = await begin();
  await here.client.openConversation(here.chat);
  await here.server.away();
  await until(() => here.status() === 'reconnecting', 'reconnecting');
  here.client.send(here.chat, 'from the bush');
  await until(() => here.client.store.get().outbox[0]?.status === 'queued', 'queued');
  here.other.post(here.chat, here.world.newId(), 'while away');
  await here.server.back();
  here.client.wake();
  await until(() => here.texts().at(-1) === 'from the bush' && here.status() === 'live', 'both');
  expect(here.texts().slice(-2)).toEqual(['while away', 'from the bush']);
  expect(here.client.store.get().outbox).toEqual([]);
});

it('L1: when the server cannot continue, everything is fetched afresh, open timelines too', async () => {
  await using here = await begin();
  await here.client.openConversation(here.chat);
  await here.server.away();
  for (let n = 0; n < 60; n++) here.other.post(here.chat, here.world.newId(), `missed ${n}`);
  here.world.log.expire();
  await here.server.back();
  here.client.wake();
  await until(() => here.texts().at(-1) === 'missed 59', 'the newest page');
  expect([here.server.seen.snapshots, here.texts().length, here.texts()[0]]).toEqual([2, 50, 'missed 10']);
  here.other.post(here.chat, here.world.newId(), 'and on');
  await until(() => here.texts().at(-1) === 'and on', 'the next message');
  await here.client.loadOlder(here.chat);
  expect(here.texts()).toHaveLength(64);
  expect(here.world.log.readers).toBe(1);
});

it('UI8: a line that stays lost is offline after fifteen seconds', async () => {
  const { world, me } = arrange();
  await using server = await startServer(world);
  const time = createFakeClock();
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), clock: time.clock, random: () => 0.05 });
  await client.resume();
  await until(() => client.store.get().connection.status === 'live', 'live');
  await server.away();
  await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
  await time.pass(9_000);
  await server.back();
  await until(() => client.store.get().connection.status === 'live', 'live again');
  await server.away();
  await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
  await time.pass(14_999);
  expect(client.store.get().connection.status).toBe('reconnecting');
  await time.pass(1);
  expect(client.store.get().connection).toEqual({ status: 'offline', since: Date.UTC(2026, 10, 21) + 9_000 });
  await client.close();
});

it('UI3: the queue is sent as soon as the line is back, however long its wait', async () => {
  const { world, me } = arrange();
  await using server = await startServer(world);
  const time = createFakeClock();
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), clock: time.clock, random: () => 0.05 });
  await client.resume();
  await until(() => client.store.get().connection.status === 'live', 'live');
  const [chat = ''] = Object.keys(client.store.get().conversations);
  await server.away();
  await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
  client.send(chat, 'a');
  await until(() => client.store.get().outbox[0]?.status === 'queued', 'queued');
  await server.back();
  await until(() => client.store.get().outbox.length === 0, 'sent');
  await client.close();
});

it('a server that stays away at the start is tried ever more rarely', async () => {
  const time = createFakeClock();
  const client = createClient({
    url: 'http://127.0.0.1:1',
    fetch: () => Promise.reject(new Error('away')),
    clock: time.clock,
    random: () => 1,
  });
  const resumed = client.resume();
  const waits: (number | undefined)[] = [];
  for (let n = 0; n < 4; n++) {
    await until(
      () => time.waiting.some((wait) => wait !== 15_000 - waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0)),
      'the next try',
    );
    waits.push(time.waiting[0]);
    await time.pass(time.waiting[0] ?? 0);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
  await client.close();
  expect(await resumed).toBe(false);
});

it('a server that is away at the start is waited for', async () => {
  const { world, me } = arrange();
  await using server = await startServer(world);
  await server.away();
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), random: () => 0.05 });
  const resumed = client.resume();
  await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
  await server.back();
  expect(await resumed).toBe(true);
  await until(() => client.store.get().connection.status === 'live', 'live');
  await client.close();
});

it('a server that takes the connection and says nothing is given up and tried again', async () => {
  const { world, me } = arrange();
  await using server = await startServer(world);
  const time = createFakeClock();
  server.deafen(true);
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), clock: time.clock, random: () => 0.05 });
  await client.resume();
  await until(() => time.waiting.length > 0, 'the socket is being opened');
  server.deafen(false);
  await time.pass(7_999);
  expect(client.store.get().connection.status).toBe('connecting');
  await time.pass(1);
  await until(() => client.store.get().connection.status === 'live', 'live');
  expect(time.waiting).toEqual([]);
  await client.close();
});
