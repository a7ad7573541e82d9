import { conversation, message, self } from '@koreromai/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { apply } from './apply.ts';
import { cut, fromShelf, keptVersion, worthKeeping } from './shelf.ts';
import { createShelving, type ShelvingOptions } from './shelving.ts';
import { createStore } from './store.ts';
import { board } from './test/drawer.ts';
import { createFakeClock, settled } from './test/fake-clock.ts';
import { arrange, freshState } from './test/history.ts';

const nothing: NonNullable<ReturnType<ShelvingOptions['underWay']>> = { unsure: [], reads: {}, wishes: [], drafts: {} };

function shelved() {
  const { world, people, me } = arrange();
  const store = createStore();
  store.update(() => ({ ...freshState(me), connection: { status: 'live' } }));
  const time = createFakeClock();
  const there = board();
  const work: { under: typeof nothing | null } = { under: nothing };
  const shelving = createShelving({ store, clock: time.clock, shelf: there.shelf, underWay: () => work.under });
  const chat = Object.values(store.get().conversations).find((held) => held.name === 'Whānau')?.id ?? '';
  const hear = () => {
    const entry = world.log.entries.at(-1);
    const frame = entry && me.frameFor(entry);
    if (frame) store.update((state) => ({ ...apply(state, frame).state, cursor: world.log.cursor }));
  };
  const back = async () => fromShelf(await there.shelf.load())?.state;
  return { world, people, me, store, time, there, work, shelving, chat, hear, back };
}

it('a state comes back from the shelf as it was, with its place in the log', async () => {
  const { store, time, back } = shelved();
  expect(await back()).toBeUndefined();
  await time.pass(400);
  const { connection: _, ...was } = store.get();
  expect(await back()).toEqual({ ...was, connection: { status: 'idle' } });
});

it('only what changed is written, and the place in the log always with it', async () => {
  const { me, world, time, there, chat, hear, back, store } = shelved();
  await time.pass(400);
  for (let n = 0; n < 3; n++) {
    me.post(chat, world.newId(), `once ${n}`);
    hear();
  }
  await time.pass(400);
  expect(there.puts.map((put) => [put.whole, put.chats.map(({ id }) => id).includes(chat), put.chats.length])).toEqual([
    [true, true, 3],
    [false, true, 1],
  ]);
  expect(there.head?.cursor).toBe(store.get().cursor);
  expect((await back())?.timelines[chat]?.messages.at(-1)?.text).toBe('once 2');
});

it('nothing is written while the state belongs to no place in the log', async () => {
  const { time, there, work, store } = shelved();
  work.under = null;
  await time.pass(400);
  expect(there.puts).toEqual([]);
  work.under = { ...nothing, drafts: { c: 'words' } };
  store.update((state) => ({ ...state, drafts: { c: 'words', d: 'being typed' } }));
  await time.pass(400);
  expect(there.head?.drafts).toEqual({ c: 'words' });
});

it('bounded: the most recent conversations, and of each the newest messages, which can be loaded further later', () => {
  const { store, chat } = shelved();
  const { timelines } = store.get();
  const timeline = timelines[chat];
  if (!timeline) throw new Error('no timeline');
  expect(worthKeeping(store.get(), { conversations: 2, timelines: 1, messages: 1 }).map((kept) => kept.timeline !== null)).toEqual([
    true,
    false,
  ]);
  const two = cut(timeline, 2);
  expect(two).toMatchObject({ complete: false, nextCursor: null, fromSeq: timeline.messages.at(-2)?.seq, toSeq: timeline.toSeq });
  expect(two.messages).toEqual(timeline.messages.slice(-2));
  expect(cut(timeline, 100)).toEqual(timeline);
});

it('a shelf without room is given less, and after three tries nothing', async () => {
  const { me, world, chat, hear, time, there, store, back } = shelved();
  for (let n = 0; n < 60; n++) {
    me.post(chat, world.newId(), `word ${n}`);
    hear();
  }
  there.narrow(55);
  await time.pass(400);
  expect(there.puts).toEqual([]);
  await time.pass(2_000);
  expect((await back())?.me).toEqual(store.get().me);
  expect((await back())?.timelines[chat]?.messages.length).toBe(50);
  const full = shelved();
  let asked = 0;
  full.there.shelf.put = () => Promise.reject(new Error(`full ${asked++}`));
  for (let n = 0; n < 6; n++) await full.time.pass(1_000);
  expect(asked).toBe(3);
});

it('what was cleared from elsewhere, as by signing out in another tab, is not written again', async () => {
  const { me, world, time, there, chat, hear } = shelved();
  await time.pass(400);
  await there.shelf.clear();
  me.post(chat, world.newId(), 'after');
  hear();
  await time.pass(5_000);
  expect([there.puts.length, there.head]).toEqual([1, null]);
});

it('one client at a time writes; the next begins with everything', async () => {
  const { me, world, time, there, chat, hear, store } = shelved();
  await time.pass(400);
  let told = (_mine: boolean) => {};
  let left = false;
  const turn = {
    take: () => {},
    wait(listener: typeof told) {
      told = listener;
      return () => {
        left = true;
      };
    },
  };
  const second = createShelving({ store, clock: time.clock, shelf: { ...there.shelf, turn }, underWay: () => nothing });
  me.post(chat, world.newId(), 'one');
  hear();
  await time.pass(400);
  expect(there.puts.length).toBe(2);
  told(true);
  await time.pass(400);
  expect(there.puts.map((put) => put.whole)).toEqual([true, false, true]);
  told(false);
  await second.now();
  expect(there.puts.length).toBe(3);
  second.close();
  expect(left).toBe(true);
});

it('a page that goes away writes at once, and nothing behind closing', async () => {
  const { there, shelving, store } = shelved();
  await shelving.now();
  expect(there.puts.length).toBe(1);
  shelving.close();
  store.update((state) => ({ ...state, drafts: { c: 'late' } }));
  await shelving.now();
  await settled();
  expect(there.puts.length).toBe(1);
});

it('distrusts what lies there', async () => {
  const { time, there } = shelved();
  await time.pass(400);
  const good = { head: there.head, chats: [...there.chats.values()] };
  expect(fromShelf(good)).not.toBeNull();
  const [first] = good.chats;
  const bad: unknown[] = [
    null,
    7,
    {},
    { ...good, head: null },
    { ...good, head: { ...good.head, version: keptVersion + 1 } },
    { ...good, head: { ...good.head, cursor: null } },
    { ...good, head: { ...good.head, me: 'aroha' } },
    { ...good, chats: [null] },
    { ...good, chats: [{ ...first, id: 'another' }] },
    { ...good, chats: [{ ...first, timeline: { messages: [null] } }] },
  ];
  for (const value of bad) expect(fromShelf(value)).toBeNull();
});

it('a changed shape raises the version, so that an older shelf is not read as a newer one', () => {
  const shapes = [conversation, message, self].map((schema) =>
    JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' })),
  );
  const print = [...shapes.join('\n')].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 4_294_967_291, 7);
  expect(`version ${keptVersion}: ${print}`).toBe('version 3: 1430889517');
});
