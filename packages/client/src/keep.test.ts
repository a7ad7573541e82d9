import { expect, it } from 'vitest';
import { keepOutbox, type OutboxStorage, recall } from './keep.ts';
import type { OutboxEntry } from './state.ts';
import { createStore } from './store.ts';
import { fileOf } from './test/caller.ts';
import { drawer } from './test/drawer.ts';
import { createFakeClock, settled } from './test/fake-clock.ts';
import { arrange, freshState } from './test/history.ts';

const entry = { id: 'm', conversationId: 'c', text: 'kia ora', createdAt: '2026-11-21T00:00:00.000Z', status: 'sending' as const };
const mine = (each: unknown) => ({ userId: 'me', entry: each });
const holding = (value: unknown): OutboxStorage => ({ load: async () => value, put: async () => {}, clear: async () => {} });
const recalled = async (value: unknown) => (await recall(holding(value), 'me')).entries;

function keeper(storage: OutboxStorage, mine = true, { me } = arrange()) {
  const store = createStore();
  store.update(() => freshState(me));
  const time = createFakeClock();
  const keeping = keepOutbox({ store, clock: time.clock, storage, userId: me.me.id, mine: () => mine });
  const add = (one: OutboxEntry) => store.update((state) => ({ ...state, outbox: [...state.outbox, one] }));
  const texts = () => store.get().outbox.map(({ text }) => text);
  return { me, store, time, keeping, add, texts, mine: me.me.id };
}
async function turns(count = 5) {
  for (let n = 0; n < count; n++) await settled();
}

it('UI3: what was on its way when the page was closed is queued, what was refused still is', async () => {
  const storage = drawer();
  const scene = arrange();
  const before = keeper(storage, true, scene);
  before.add(entry);
  before.add({ ...entry, id: 'n', status: 'failed' });
  await before.keeping.done();
  before.keeping.close();
  const after = keeper(storage, true, scene);
  await after.keeping.again();
  expect(after.store.get().outbox).toEqual([
    { ...entry, status: 'queued' },
    { ...entry, id: 'n', status: 'failed' },
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
  expect(await recalled([mine(rich)])).toEqual([rich]);
  const broken = [
    { ...rich, attachments: ['f'] },
    { ...rich, attachments: {} },
    { ...rich, replyTo: 7 },
    { ...rich, replyToId: 7 },
  ];
  expect(await recalled(broken.map(mine))).toEqual([]);
});

it("nobody is given another person's words, and who signs in does away with them", async () => {
  expect(await recall(holding([{ userId: 'somebody', entry }]), 'me')).toEqual({ entries: [], foreign: ['m'] });
  const storage = drawer();
  await storage.put([{ userId: 'somebody', entry }], []);
  const { keeping, texts } = keeper(storage);
  await keeping.again();
  expect([texts(), storage.all()]).toEqual([[], []]);
});

it('distrusts what was stored', async () => {
  for (const value of [null, 7, {}, [null, mine(null), { entry }, mine({ ...entry, text: 7 }), mine({ ...entry, status: 'sent' })]])
    expect(await recalled(value)).toEqual([]);
  const unreadable = { ...holding(null), load: () => Promise.reject(new Error('unreadable')) };
  expect(await recall(unreadable, 'me')).toEqual({ entries: [], foreign: [] });
});

it('UI10: every change is handed over at once, only what changed, and `done` says when it is kept', async () => {
  const puts: [kept: string[], gone: readonly string[]][] = [];
  let open = 0;
  const slow: OutboxStorage = {
    ...holding([]),
    async put(kept, gone) {
      open += 1;
      puts.push([kept.map((one) => `${one.userId} ${one.entry.id}`), gone]);
      await settled();
      open -= 1;
    },
  };
  const { store, add, keeping, mine: me } = keeper(slow);
  for (const id of ['a', 'b', 'c']) add({ ...entry, id });
  expect(puts, 'a page that ends now must not take them with it').toEqual(['a', 'b', 'c'].map((id) => [[`${me} ${id}`], []]));
  await keeping.done();
  expect(open).toBe(0);
  store.update((state) => ({ ...state, outbox: state.outbox.slice(1) }));
  await keeping.done();
  expect(puts.slice(3)).toEqual([[[], ['a']]]);
});

it('storage that is full or says nothing costs nothing but what it would have kept', async () => {
  const full = keeper({ ...holding([]), put: () => Promise.reject(new Error('full')) });
  full.add(entry);
  await full.keeping.done();
  expect(full.texts()).toEqual(['kia ora']);
  const mute = keeper({ ...holding([]), put: () => new Promise(() => {}) });
  mute.add(entry);
  let done = false;
  void mute.keeping.done().then(() => {
    done = true;
  });
  await mute.time.pass(999);
  expect(done).toBe(false);
  await mute.time.pass(1);
  expect(done).toBe(true);
});

it('two tabs show one outbox: what one adds, mends or takes away the other has too', async () => {
  const storage = drawer();
  const scene = arrange();
  const [one, two] = [keeper(storage.shared(), true, scene), keeper(storage.shared(), false, scene)];
  one.add(entry);
  await turns();
  expect(two.texts()).toEqual(['kia ora']);
  one.store.update((state) => ({ ...state, outbox: state.outbox.map((each) => ({ ...each, status: 'queued' })) }));
  await turns();
  expect(two.store.get().outbox[0]?.status).toBe('queued');
  two.add({ ...entry, id: 'n', text: 'ka pai' });
  await turns();
  expect(one.texts()).toEqual(['kia ora', 'ka pai']);
  two.store.update((state) => ({ ...state, outbox: state.outbox.slice(1) }));
  await turns();
  expect([one.texts(), storage.all().length]).toEqual([['ka pai'], 1]);
});

it('UI2: what another tab has sent stands until its event is here too, or two seconds', async () => {
  const storage = drawer();
  const scene = arrange();
  const [one, two] = [keeper(storage.shared(), true, scene), keeper(storage.shared(), false, scene)];
  one.add(entry);
  await turns();
  one.store.update((state) => ({ ...state, outbox: [] }));
  await turns();
  expect(two.texts()).toEqual(['kia ora']);
  await two.time.pass(2_000);
  await turns();
  expect([two.texts(), storage.all()]).toEqual([[], []]);
});

it('UI2: what has arrived is not shown a second time, though the page was closed before it was forgotten', async () => {
  const storage = drawer();
  const { me, keeping, store, texts } = keeper(storage);
  const stored = Object.values(store.get().timelines).flatMap((timeline) => timeline.messages)[0];
  await storage.put([{ userId: me.me.id, entry: { ...entry, id: stored?.id ?? '' } }], []);
  await keeping.again();
  expect([texts(), storage.all()]).toEqual([[], []]);
});

it('words written while the storage is read are not lost', async () => {
  const storage = drawer();
  const reading = Promise.withResolvers<void>();
  const slow = {
    ...storage,
    async load() {
      const kept = await storage.load();
      await reading.promise;
      return kept;
    },
  };
  const { keeping, add, texts } = keeper(slow);
  const done = keeping.again();
  await turns();
  add(entry);
  await turns();
  reading.resolve();
  await done;
  expect([texts(), storage.all().length]).toEqual([['kia ora'], 1]);
});
