import { type Frame, Refusal } from '@koreromai/contract';
import { expect, it } from 'vitest';
import { apply } from './apply.ts';
import { createRepair } from './repair.ts';
import { createStore } from './store.ts';
import { createFakeClock, settled } from './test/fake-clock.ts';
import { arrange, freshState, seen } from './test/history.ts';

function arrangeRepair() {
  const { world, people, me } = arrange();
  const store = createStore();
  store.update(() => freshState(me));
  const [chat = ''] = Object.keys(store.get().conversations);
  const time = createFakeClock();
  const gate = { before: async (): Promise<void> => {}, fetched: 0 };
  const repair = createRepair({
    store,
    clock: time.clock,
    random: () => 1,
    async conversation(id) {
      gate.fetched += 1;
      await gate.before();
      return me.get(id);
    },
    newest: async (id) => me.messages(id, null, 50),
    deliver: (frames) => frames.forEach(take),
  });
  function take(frame: Frame): void {
    if (repair.holds(frame)) return;
    const { state, asks } = apply(store.get(), frame);
    store.update(() => state);
    for (const ask of asks) if (ask.type === 'conversation') repair.ask(ask.id);
  }
  const post = () => {
    const before = world.log.entries.length;
    me.post(chat, world.newId(), 'x');
    return world.log.entries.slice(before).flatMap((entry) => me.frameFor(entry) ?? []);
  };
  return { world, people, me, store, chat, time, gate, repair, take, post };
}

it('L4: frames that come during a repair are kept and applied after it', async () => {
  const { me, store, chat, gate, repair, take, post } = arrangeRepair();
  const { promise, resolve } = Promise.withResolvers<void>();
  gate.before = () => promise;
  post(); // lost
  repair.ask(chat);
  for (const frame of post()) take(frame);
  resolve();
  await settled();
  for (const frame of post()) take(frame);
  expect(seen(store.get())).toEqual(seen(freshState(me)));
  expect(gate.fetched).toBe(1);
});

it('one fetch at a time for a conversation, however often it is asked for', async () => {
  const { chat, gate, repair } = arrangeRepair();
  for (let n = 0; n < 5; n++) repair.ask(chat);
  await settled();
  expect(gate.fetched).toBe(1);
});

it('tries until it has succeeded, and at once when the line is back', async () => {
  const { me, store, chat, time, gate, repair, post } = arrangeRepair();
  gate.before = () => Promise.reject(new Error('away'));
  post();
  repair.ask(chat);
  await time.pass(500);
  expect(gate.fetched).toBe(2);
  gate.before = async () => {};
  repair.wake();
  await settled();
  expect([gate.fetched, time.waiting]).toEqual([3, []]);
  expect(seen(store.get())).toEqual(seen(freshState(me)));
});

it('L5: a conversation that is not mine any more goes away', async () => {
  const { store, chat, gate, repair, take, post } = arrangeRepair();
  const frames = post();
  gate.before = () => Promise.reject(new Refusal('NOT_FOUND'));
  repair.ask(chat);
  for (const frame of frames) take(frame);
  await settled();
  expect([store.get().conversations[chat], store.get().timelines[chat], gate.fetched]).toEqual([undefined, undefined, 1]);
});

it('more frames than are worth keeping are fetched instead', async () => {
  const { me, store, chat, gate, repair, take, post } = arrangeRepair();
  const { promise, resolve } = Promise.withResolvers<void>();
  gate.before = () => promise;
  repair.ask(chat);
  const [frame] = post();
  for (let n = 0; n < 2_001; n++) if (frame) take(frame);
  resolve();
  await settled();
  await settled();
  expect(gate.fetched).toBe(2);
  expect(seen(store.get())).toEqual(seen(freshState(me)));
});

it('when all starts afresh an answer that was on its way is dropped', async () => {
  const { store, chat, gate, repair, post } = arrangeRepair();
  const { promise, resolve } = Promise.withResolvers<void>();
  gate.before = () => promise;
  post();
  repair.ask(chat);
  repair.close();
  const before = store.get();
  resolve();
  await settled();
  expect(store.get()).toBe(before);
});
