import { expect, it } from 'vitest';
import { createClient } from './client.ts';
import { begin } from './test/begin.ts';
import { as } from './test/caller.ts';
import { board, drawer } from './test/drawer.ts';
import { freshState, seen, seenOf } from './test/history.ts';
import { until } from './test/server.ts';

/** A device with a shelf and an outbox that outlive its clients. */
async function device() {
  const here = await begin();
  const [there, box] = [board(), drawer()];
  const open = (token = here.server.tokenFor(here.me.me)) => {
    const client = createClient({ url: here.server.url, token, storage: box.shared(), shelf: there.shelf, random: () => 0.05 });
    return Object.assign(client, {
      live: () => until(() => client.store.get().connection.status === 'live', 'live'),
      texts: (chat = here.chat) => client.store.get().timelines[chat]?.messages.map((message) => message.text) ?? [],
    });
  };
  /** Has been here before, with the chat open. */
  const visited = async () => {
    const client = open();
    await client.resume();
    await client.live();
    await client.openConversation(here.chat);
    await client.close();
  };
  return Object.assign(here, { there, box, open, visited });
}

it('a client that starts without its server shows what it held and says that it is offline; words wait and can be taken back', async () => {
  await using here = await device();
  await here.visited();
  await here.server.away();
  const client = here.open();
  expect(await client.resume()).toBe(true);
  expect(client.texts().length).toBeGreaterThan(0);
  await until(() => client.store.get().connection.status === 'reconnecting', 'lost');
  const [keep, drop] = [client.send(here.chat, 'written in the bush'), client.send(here.chat, 'taken back')];
  await until(() => client.store.get().outbox.some((entry) => entry.status === 'queued'), 'queued');
  client.discard(drop);
  await until(() => here.box.all().length === 1, 'only one is kept');
  await client.close();
  await here.server.back();
  const after = here.open();
  await after.resume();
  await until(() => after.texts().includes('written in the bush'), 'sent');
  const all = here.other.messages(here.chat, null, 100).items;
  expect(all.filter(({ id }) => id === keep).length).toBe(1);
  expect(all.some(({ id }) => id === drop)).toBe(false);
  await after.close();
});

it('L4: it goes on from the place in the log that it kept: nothing missed, nothing twice, no page asked for again', async () => {
  await using here = await device();
  await here.visited();
  for (let n = 0; n < 7; n++) here.other.post(here.chat, here.world.newId(), `meanwhile ${n}`);
  const added = here.other.create('group', [here.me.me.id], 'new');
  const client = here.open();
  await client.resume();
  const before = client.texts().length;
  await until(() => client.texts().length === before + 7, 'what was missed');
  await until(() => client.store.get().conversations[added.id] !== undefined, 'the new chat');
  const truth = freshState(here.me);
  expect(seen(client.store.get())).toEqual(seenOf(truth, client.store.get()));
  await client.close();
});

it('a place in the log that cannot be continued ends in a fresh start, with only the open timelines fetched again', async () => {
  await using here = await device();
  await here.visited();
  if (!here.there.head) throw new Error('nothing kept');
  here.there.shelf.load = async () => ({ head: { ...here.there.head, continues: false }, chats: [...here.there.chats.values()] });
  here.other.post(here.chat, here.world.newId(), 'meanwhile');
  const client = here.open();
  await client.resume();
  expect(client.texts().length).toBeGreaterThan(0);
  await client.live();
  expect(client.texts()).toEqual([]);
  await client.openConversation(here.chat);
  expect(client.texts().at(-1)).toBe('meanwhile');
  await client.close();
});

it("what somebody held is not shown to the next person, and nothing of theirs is asked in the next person's name", async () => {
  await using here = await device();
  await here.visited();
  const another = as(here.world, here.world.addPerson('whetu'));
  const asked: string[] = [];
  const client = createClient({
    url: here.server.url,
    token: here.server.tokenFor(another.me),
    storage: here.box.shared(),
    shelf: here.there.shelf,
    fetch: (input, init) => {
      asked.push(decodeURIComponent(String(input).replace(/^.*trpc\//, '')).replace(/\?.*/, ''));
      return fetch(input, init);
    },
  });
  await client.resume();
  const refused = client.api.conversations.get.query({ conversationId: here.chat }).then(
    () => 'answered',
    () => 'refused',
  );
  client.send(here.chat, 'in whose name?');
  await until(() => client.store.get().me?.username === 'whetu' && client.store.get().connection.status === 'live', 'the other is in');
  expect(client.store.get()).toMatchObject({ conversations: {}, timelines: {}, outbox: [] });
  await until(() => here.there.head?.me.username === 'whetu', 'kept anew');
  expect(here.there.chats.size).toBe(0);
  expect([await refused, new Set(asked), here.box.all()]).toEqual(['refused', new Set(['session.snapshot']), []]);
  await client.close();
});

it('signing out leaves nothing on the device; a session ended from elsewhere leaves only unsent words, for their author', async () => {
  await using here = await device();
  await here.visited();
  const client = here.open();
  await client.resume();
  await client.live();
  client.send(here.chat, '');
  await until(() => here.box.all().length === 1, 'refused words are kept');
  await client.signOut();
  expect([here.there.head, here.there.chats.size, here.box.all()]).toEqual([null, 0, []]);
  await client.close();

  await here.visited();
  const second = here.open();
  await second.resume();
  await second.live();
  second.send(here.chat, '');
  await until(() => here.box.all().length === 1, 'refused words are kept');
  here.server.dismiss(4_401);
  await until(() => second.store.get().connection.status === 'signedOut', 'out');
  await until(() => here.there.head === null, 'nothing is left');
  expect([here.there.chats.size, here.box.all().length]).toEqual([0, 1]);
  await second.close();
});

it('one of two tabs sends: the one that was written in last; when it closes the other goes on', async () => {
  await using here = await device();
  await here.visited();
  const [one, two] = [here.open(), here.open()];
  for (const tab of [one, two]) {
    await tab.resume();
    await tab.live();
    await tab.openConversation(here.chat);
  }
  const first = two.send(here.chat, 'from the second');
  await until(() => one.texts().includes('from the second') && two.texts().includes('from the second'), 'both');
  await here.server.away();
  const waits = (tab: typeof one) => tab.store.get().outbox.map((entry) => entry.text);
  const second = one.send(here.chat, 'first waits');
  const then = Date.now();
  await until(() => waits(two).length === 1 && Date.now() > then, 'told to the other, a millisecond later'); // within one, tabs have no order
  const third = two.send(here.chat, 'second waits');
  await until(() => waits(one).length === 2 && waits(two).length === 2, 'both show both');
  await two.close();
  await here.server.back();
  one.wake();
  await until(() => one.texts().includes('second waits'), 'sent by the tab that is left');
  expect(one.texts().slice(-3)).toEqual(['from the second', 'first waits', 'second waits']);
  const ids = here.other.messages(here.chat, null, 100).items.map((message) => message.id);
  for (const id of [first, second, third]) expect(ids.filter((each) => each === id).length).toBe(1);
  await until(() => here.box.all().length === 0, 'nothing is left to send');
  await one.close();
});

it('UI19, N1: reactions and reading that were told to nobody before a restart are told behind it', async () => {
  await using here = await device();
  const said = here.other.post(here.chat, here.world.newId(), 'like this').message;
  await here.visited();
  await here.server.away();
  const before = here.open();
  await before.resume();
  void before.like(said.id).catch(() => {});
  before.markRead(here.chat, said.seq);
  await until(() => before.store.get().conversations[here.chat]?.lastReadSeq === said.seq, 'read here');
  await before.close();
  await here.server.back();
  const after = here.open();
  await after.resume();
  await after.live();
  const shown = () => here.me.messages(here.chat, null, 100).items.find((message) => message.id === said.id);
  await until(() => shown()?.likedByMe === true, 'liked on the server');
  await until(() => here.me.get(here.chat).lastReadSeq >= said.seq, 'read on the server');
  expect(after.store.get().timelines[here.chat]?.messages.find((message) => message.id === said.id)?.likeCount).toBe(1);
  await after.close();
});

it('what was still being fetched when the client was closed is fetched again', async () => {
  await using here = await device();
  await here.visited();
  const { head } = here.there;
  if (!head) throw new Error('nothing kept');
  const stale = [...here.there.chats.values()].map((chat) =>
    chat.id === here.chat ? { ...chat, conversation: { ...chat.conversation, unreadCount: 42 } } : chat,
  );
  here.there.shelf.load = async () => structuredClone({ head: { ...head, unsure: [here.chat] }, chats: stale });
  const client = here.open();
  await client.resume();
  expect(client.store.get().conversations[here.chat]?.unreadCount).toBe(42);
  await until(() => client.store.get().conversations[here.chat]?.unreadCount === here.me.get(here.chat).unreadCount, 'true again');
  await client.close();
});

it('UI10: words that were sent do not come back as a draft, even where the page ends before its shelf hears of it', async () => {
  await using here = await device();
  await here.visited();
  const client = here.open();
  await client.resume();
  await client.live();
  void client.writeDraft(here.chat, 'Nau mai!');
  const puts = here.there.puts.length;
  await until(() => here.there.puts.length > puts, 'a put while the writer does not rest');
  here.there.narrow(-1); // nothing more is put there
  client.send(here.chat, 'Nau mai!');
  await client.writeDraft(here.chat, '');
  await client.close();
  const after = here.open();
  await after.resume();
  await after.live();
  await after.loadDrafts();
  expect(after.store.get().drafts).toEqual({});
  await after.close();
});

it('UI10: what the server knows of what I began is there without it', async () => {
  await using here = await device();
  const client = here.open();
  await client.resume();
  await client.live();
  await client.writeDraft(here.chat, 'begun');
  await until(() => here.there.head?.drafts[here.chat] === 'begun', 'kept');
  await client.close();
  await here.server.away();
  const after = here.open();
  await after.resume();
  expect(after.store.get().drafts).toEqual({ [here.chat]: 'begun' });
  await after.close();
});
