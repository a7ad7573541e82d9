import { expect, it } from 'vitest';
import { type KeptOutbox, keepOutbox, type OutboxStorage, recall } from './keep.ts';
import { createStore } from './store.ts';
import { fileOf } from './test/caller.ts';
import { settled } from './test/fake-clock.ts';
import { arrange, freshState } from './test/history.ts';

const entry = { id: 'm', conversationId: 'c', text: 'kia ora', createdAt: '2026-11-21T00:00:00.000Z', status: 'sending' as const };
const holding = (value: unknown): OutboxStorage => ({ load: async () => value, save: async () => {} });

it('UI3: what was on its way when the page was closed is queued, what was refused still is', async () => {
  const kept = { userId: 'me', entries: [entry, { ...entry, id: 'f', status: 'failed' }] };
  expect(await recall(holding(kept), 'me')).toEqual([
    { ...entry, status: 'queued' },
    { ...entry, id: 'f', status: 'failed' },
  ]);
});

it('UI20, UI35: its files and what it answers come back with it; nonsense in their place does not', async () => {
  const rich = {
    ...entry,
    status: 'queued' as const,
    replyToId: 'r',
    replyTo: { unavailable: true as const },
    attachments: [fileOf('01920000-0000-7000-8000-000000000000')],
  };
  expect(await recall(holding({ userId: 'me', entries: [rich] }), 'me')).toEqual([rich]);
  const broken = [
    { ...rich, attachments: ['f'] },
    { ...rich, attachments: {} },
    { ...rich, replyTo: 7 },
    { ...rich, replyToId: 7 },
  ];
  expect(await recall(holding({ userId: 'me', entries: broken }), 'me')).toEqual([]);
});

it("nobody is given another person's words", async () => {
  expect(await recall(holding({ userId: 'somebody', entries: [entry] }), 'me')).toEqual([]);
});

it('distrusts what was stored', async () => {
  for (const value of [
    null,
    7,
    [],
    { userId: 'me' },
    { userId: 'me', entries: [null, { ...entry, text: 7 }, { ...entry, status: 'sent' }] },
  ]) {
    expect(await recall(holding(value), 'me')).toEqual([]);
  }
  expect(await recall({ load: () => Promise.reject(new Error('unreadable')), save: async () => {} }, 'me')).toEqual([]);
});

it('saves every change, one at a time, and ends with the last', async () => {
  const { me } = arrange();
  const store = createStore();
  store.update(() => freshState(me));
  const saved: (KeptOutbox | null)[] = [];
  let saving = 0;
  keepOutbox(store, {
    load: async () => null,
    async save(kept) {
      saving += 1;
      expect(saving).toBe(1);
      await settled();
      saved.push(kept);
      saving -= 1;
    },
  });
  for (const text of ['a', 'b', 'c']) store.update((state) => ({ ...state, outbox: [...state.outbox, { ...entry, text }] }));
  for (let n = 0; n < 5; n++) await settled();
  expect(saved.at(-1)).toEqual({ userId: me.me.id, entries: ['a', 'b', 'c'].map((text) => ({ ...entry, text })) });
  expect(saved.length).toBeLessThan(4);
});

it('storage that is full costs nothing but what it would have kept', async () => {
  const { me } = arrange();
  const store = createStore();
  store.update(() => freshState(me));
  let tries = 0;
  keepOutbox(store, { load: async () => null, save: () => Promise.reject(new Error(`full ${tries++}`)) });
  await settled();
  store.update((state) => ({ ...state, outbox: [entry] }));
  await settled();
  expect([tries, store.get().outbox]).toEqual([2, [entry]]);
});
