import { Refusal } from '@koreromai/contract';
import { expect, it } from 'vitest';
import { createPages } from './pages.ts';
import { fromSnapshot } from './snapshot.ts';
import { emptyState } from './state.ts';
import { createStore } from './store.ts';
import { arrange } from './test/history.ts';

function arrangePages(messagesHeld = 120) {
  const { world, people, me } = arrange();
  for (let n = 0; n < 5; n++) me.create('group', [people[1]?.id ?? ''], `g${n}`);
  const store = createStore();
  store.update(() => fromSnapshot(emptyState, me.snapshot(3)));
  const [chat = ''] = Object.keys(store.get().conversations);
  for (let n = 0; n < messagesHeld; n++) me.post(chat, world.newId(), `m${n}`);
  store.update(() => fromSnapshot(emptyState, me.snapshot(3)));
  const asked: string[] = [];
  const fault: { next: Error | null } = { next: null };
  const answer = async <Value>(what: string, value: () => Value): Promise<Value> => {
    asked.push(what);
    const { next } = fault;
    fault.next = null;
    if (next) throw next;
    return value();
  };
  const pages = createPages({
    store,
    conversation: (id) => answer('conversation', () => me.get(id)),
    conversations: (cursor) => answer('conversations', () => me.list(cursor, 3)),
    messages: (id, cursor) => answer(cursor ? 'older' : 'newest', () => me.messages(id, cursor, 50)),
  });
  return { store, me, chat, asked, fault, pages, timeline: () => store.get().timelines[chat] };
}

it('a conversation that is open already is not loaded again', async () => {
  const { pages, chat, asked } = arrangePages();
  await Promise.all([pages.open(chat), pages.open(chat)]);
  await pages.open(chat);
  expect(asked).toEqual(['newest']);
});

it('UI37: what did not load says why, and is loaded when it is opened again or the line is back', async () => {
  const { pages, chat, asked, fault, timeline } = arrangePages();
  fault.next = new Error('away');
  await pages.open(chat);
  expect(timeline()).toMatchObject({ loading: false, error: { code: 'NETWORK' }, messages: [] });
  fault.next = new Error('away');
  await pages.open(chat);
  pages.wake();
  await pages.open(chat);
  expect(timeline()).toMatchObject({ loading: false, error: null, complete: false });
  expect([timeline()?.messages.length, asked.length]).toEqual([50, 3]);
});

it('a failed older page leaves what is there, and can be asked for again', async () => {
  const { pages, chat, fault, timeline } = arrangePages();
  await pages.open(chat);
  fault.next = new Refusal('BUSY');
  await pages.older(chat);
  expect(timeline()).toMatchObject({ loading: false, error: { code: 'BUSY' } });
  pages.wake();
  await pages.older(chat);
  expect([timeline()?.messages.length, timeline()?.error]).toEqual([100, null]);
});

it('UI4: an older page is asked for once, however often the reader reaches for it', async () => {
  const { pages, chat, asked, timeline } = arrangePages();
  await pages.open(chat);
  await Promise.all([pages.older(chat), pages.older(chat), pages.older(chat)]);
  expect([asked, timeline()?.messages.length]).toEqual([['newest', 'older'], 100]);
  await pages.older(chat);
  await pages.older(chat);
  expect([asked.length, timeline()?.complete]).toEqual([3, true]);
});

it('more conversations are asked for once, until there are none', async () => {
  const { pages, store, asked } = arrangePages();
  await Promise.all([pages.moreConversations(), pages.moreConversations()]);
  expect([asked, Object.keys(store.get().conversations).length]).toEqual([['conversations'], 6]);
  for (let n = 0; n < 3; n++) await pages.moreConversations();
  expect([asked.length, Object.keys(store.get().conversations).length, store.get().moreConversations]).toEqual([2, 8, null]);
});

it('a page that a fresh snapshot has overtaken is dropped', async () => {
  const { pages, store, me } = arrangePages();
  const loading = pages.moreConversations();
  store.update((state) => fromSnapshot(state, me.snapshot(2)));
  await loading;
  expect([Object.keys(store.get().conversations).length, store.get().moreConversations]).toEqual([2, '2']);
});
