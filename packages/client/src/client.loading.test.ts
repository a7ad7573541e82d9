import { expect, it } from 'vitest';
import { createClient } from './client.ts';
import { refusalOf } from './refusal.ts';
import { begin } from './test/begin.ts';
import { arrange, freshState, seen, seenOf } from './test/history.ts';
import { startServer, until } from './test/server.ts';

it('opening loads the newest page, older ones follow until the first message', async () => {
  await using here = await begin();
  for (let n = 0; n < 120; n++) here.other.post(here.chat, here.world.newId(), `m${n}`);
  await until(() => here.client.store.get().conversations[here.chat]?.lastMessage?.text === 'm119', 'the last');
  await here.client.openConversation(here.chat);
  expect([here.texts().length, here.texts()[0], here.client.store.get().timelines[here.chat]?.complete]).toEqual([50, 'm70', false]);
  await here.client.loadOlder(here.chat);
  await here.client.loadOlder(here.chat);
  await here.client.loadOlder(here.chat);
  expect([here.texts().length, here.client.store.get().timelines[here.chat]]).toEqual([
    123,
    expect.objectContaining({ complete: true, nextCursor: null, loading: false }),
  ]);
});

it('a stranger is told NOT_FOUND', async () => {
  await using here = await begin();
  const others = here.other.create('group', ['chen@example.org', 'dora@example.org'], null);
  const error: unknown = await here.client.openConversation(others.id).catch((thrown: unknown) => thrown);
  expect(refusalOf(error)).toMatchObject({ code: 'NOT_FOUND', retryable: false });
  expect(here.client.store.get().timelines[others.id]).toBeUndefined();
});

it('more conversations than a snapshot holds come by pages, and by themselves when something happens in them', async () => {
  const { world, people, me } = arrange();
  await using server = await startServer(world);
  for (let n = 0; n < 60; n++) me.create('group', [people[1]?.id ?? ''], `g${n}`);
  const client = createClient({ url: server.url, token: server.tokenFor(me.me) });
  await client.resume();
  await until(() => client.store.get().connection.status === 'live', 'live');
  const names = () => Object.values(client.store.get().conversations).map((held) => held.name);
  expect(names()).toHaveLength(50);
  const hidden = [...world.chats.values()].find((chat) => chat.name === 'g3');
  me.post(hidden?.id ?? '', world.newId(), 'hello');
  await until(() => names().includes('g3'), 'the one that something happened in');
  await Promise.all([client.loadMoreConversations(), client.loadMoreConversations()]);
  expect([names().length, client.store.get().moreConversations]).toEqual([63, null]);
  await client.close();
});

it('N1: reading is at once here, and soon on my other devices', async () => {
  await using here = await begin();
  const phone = createClient({ url: here.server.url, token: here.server.tokenFor(here.me.me) });
  await phone.resume();
  const { seq = 0 } = here.client.store.get().conversations[here.chat] ?? {};
  for (const mark of [seq - 2, seq, 1]) here.client.markRead(here.chat, mark);
  expect(here.client.store.get().conversations[here.chat]).toMatchObject({ unreadCount: 0, lastReadSeq: seq });
  await until(() => phone.store.get().conversations[here.chat]?.lastReadSeq === seq, 'the other device');
  expect(phone.store.get().conversations[here.chat]?.unreadCount).toBe(0);
  await phone.close();
});

it('what a command makes is in the store when it resolves', async () => {
  await using here = await begin();
  const made = await here.client.createConversation({ kind: 'group', people: ['@bill', '@chen'], name: 'Made' });
  if (made.status === 'pending') throw new Error('pending');
  expect(here.client.store.get().conversations[made.conversation.id]?.name).toBe('Made');
  await here.client.leave(made.conversation.id);
  expect(here.client.store.get().conversations[made.conversation.id]).toBeUndefined();
  await until(() => here.client.store.get().userSeq === here.world.log.headOf(here.me.me.id), 'its events');
  expect(seen(here.client.store.get())).toEqual(seenOf(freshState(here.me), here.client.store.get()));
});
