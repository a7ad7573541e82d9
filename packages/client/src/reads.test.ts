import { Refusal } from '@koreromai/contract';
import { expect, it } from 'vitest';
import { unreadFrom } from './reading.ts';
import { createReads } from './reads.ts';
import { createStore } from './store.ts';
import { createFakeClock, settled } from './test/fake-clock.ts';
import { arrange, freshState } from './test/history.ts';

function arrangeReads(...answers: (Error | Promise<void>)[]) {
  const { world, people, me } = arrange();
  const store = createStore();
  store.update(() => freshState(me));
  const chat = Object.values(store.get().conversations).find((held) => held.name === 'Whānau');
  if (!chat) throw new Error('no chat');
  const time = createFakeClock();
  const told: number[] = [];
  const reads = createReads({
    store,
    clock: time.clock,
    random: () => 1,
    async unmark({ seq }) {
      told.push(-seq);
    },
    async mark({ seq }) {
      told.push(seq);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      await answer;
    },
  });
  return { world, people, store, chat, time, told, reads, held: () => store.get().conversations[chat.id] };
}

it('N1: is read here at once, counted by what is left, and never moves back', async () => {
  const { reads, chat, held, told, store } = arrangeReads();
  const unread = store.get().timelines[chat.id]?.messages ?? [];
  reads.mark(chat.id, unread[0]?.seq ?? 0);
  expect(held()).toMatchObject({ lastReadSeq: unread[0]?.seq, unreadCount: unread.length - 1 });
  reads.mark(chat.id, chat.seq);
  reads.mark(chat.id, 1);
  expect(held()).toMatchObject({ lastReadSeq: chat.seq, unreadCount: 0 });
  await settled();
  expect(told).toEqual([unread[0]?.seq, chat.seq]);
});

it('tells the server once for all that was read while it was being told', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { reads, chat, told } = arrangeReads(promise);
  for (const seq of [chat.seq - 3, chat.seq - 2, chat.seq - 1, chat.seq]) reads.mark(chat.id, seq);
  await settled();
  expect(told).toEqual([chat.seq - 3]);
  resolve();
  await settled();
  expect(told).toEqual([chat.seq - 3, chat.seq]);
});

it('cannot read what is not there', async () => {
  const { reads, chat, held, told } = arrangeReads();
  reads.mark(chat.id, 1_000_000);
  reads.mark('unknown', 3);
  await settled();
  expect([told, held()?.lastReadSeq]).toEqual([[chat.seq], chat.seq]);
});

it('without a network it is told later, or when the line is back', async () => {
  const { reads, chat, told, time } = arrangeReads(new Error('away'), new Error('away'));
  reads.mark(chat.id, chat.seq);
  await time.pass(500);
  expect(told).toHaveLength(2);
  reads.flush();
  await settled();
  expect(told).toHaveLength(3);
  await time.pass(60_000);
  expect(told).toHaveLength(3);
});

it('a refusal is final', async () => {
  const { reads, chat, told, time } = arrangeReads(new Refusal('NOT_FOUND'));
  reads.mark(chat.id, chat.seq);
  await time.pass(60_000);
  expect(told).toHaveLength(1);
});

it('UI6: marking as unread waits for the mark that is being told, takes back what was to follow, and reading begins anew', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { reads, chat, told, store } = arrangeReads(promise);
  reads.mark(chat.id, chat.seq - 2);
  reads.mark(chat.id, chat.seq);
  const done = reads.unmark(chat.id, chat.seq - 1);
  await settled();
  expect(told).toEqual([chat.seq - 2]);
  resolve();
  await done;
  expect(told).toEqual([chat.seq - 2, -(chat.seq - 1)]);
  store.update((state) => unreadFrom(state, chat.id, chat.seq - 2)); // as its event does
  reads.mark(chat.id, chat.seq - 1);
  await settled();
  expect(told.at(-1)).toBe(chat.seq - 1);
});

it('UI6: marked as unread on another device, what is seen here is told again', async () => {
  const { reads, chat, told, store } = arrangeReads();
  reads.mark(chat.id, chat.seq);
  await settled();
  store.update((state) => unreadFrom(state, chat.id, chat.seq - 3));
  reads.mark(chat.id, chat.seq - 2);
  await settled();
  expect(told).toEqual([chat.seq, chat.seq - 2]);
});
