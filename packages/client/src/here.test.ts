import { limits } from '@koreromai/contract';
import { expect, it } from 'vitest';
import { apply } from './apply.ts';
import { createHere } from './here.ts';
import { createLive } from './live.ts';
import { createStore } from './store.ts';
import { createFakeClock, settled } from './test/fake-clock.ts';
import { here as scene } from './test/here.ts';

const at = '2026-11-21T03:00:00.000Z';

function arrange() {
  const { state, group } = scene();
  const store = createStore();
  store.update(() => state);
  const time = createFakeClock();
  const stub = { close: () => {}, holds: () => false } as never;
  const options = { store, clock: time.clock, random: () => 0, line: { shut: () => {} } as never, repair: stub };
  const live = createLive({
    ...options,
    onStranger: () => {},
    opened: () => true,
    onSnapshot: () => {},
    onUp: () => {},
    onRevoked: () => {},
  });
  const type = (userId: string) => live.take({ type: 'typing', stream: group.id, userId, at }, null);
  const typing = () => Object.keys(store.get().typing[group.id] ?? {});
  return { store, time, live, type, typing };
}

it('UI24: who is not heard of again stops typing by itself, by the clock of the client', async () => {
  const { time, type, typing, live, store } = arrange();
  const before = store.get().conversations;
  type('a');
  await time.pass(limits.typing.every);
  type('a');
  type('b');
  await time.pass(limits.typing.shownFor - 1);
  expect(typing()).toEqual(['a', 'b']);
  await time.pass(1);
  expect(store.get().typing).toEqual({});
  expect(store.get().conversations).toBe(before);
  type('a');
  live.close();
  expect(time.waiting).toEqual([]);
});

it('UI24: nobody types in a chat that is not held, and who posted has stopped', () => {
  const { state, group, message: say, next } = scene();
  expect(apply(state, { type: 'typing', stream: 'nowhere', userId: 'a', at }).state).toBe(state);
  const message = say();
  const frame = next(group.id, { type: 'message.created', message });
  const { stream } = frame;
  const { state: typing } = apply(state, { type: 'typing', stream, userId: message.author.id, at });
  const { state: both } = apply(typing, { type: 'typing', stream, userId: 'b', at });
  expect(Object.keys(both.typing[stream] ?? {})).toEqual([message.author.id, 'b']);
  expect(Object.keys(apply(both, frame).state.typing[stream] ?? {})).toEqual(['b']);
});

it('L6: the server hears of typing once in three seconds, and again at once after a failure', async () => {
  const { store, time } = arrange();
  const told: string[] = [];
  let fails = true;
  const typing = async (id: string) => {
    told.push(id);
    if (fails) throw new Error('away');
  };
  const here = createHere({ store, clock: time.clock, typing, presence: async () => ({ items: [] }) });
  here.type('x');
  await settled();
  fails = false;
  for (const id of ['x', 'x', 'y']) here.type(id);
  await time.pass(limits.typing.every - 1);
  here.type('x');
  await time.pass(1);
  here.type('x');
  expect(told).toEqual(['x', 'x', 'y', 'x']);
});

it('D9: presence is asked for in bounded parts, and again when the line is back', async () => {
  const { store, time } = arrange();
  const asked: number[] = [];
  let online = true;
  const presence = async (userIds: string[]) => {
    asked.push(userIds.length);
    return { items: userIds.map((userId) => ({ userId, online })) };
  };
  const here = createHere({ store, clock: time.clock, typing: async () => {}, presence });
  await here.load(Array.from({ length: limits.presence.asked + 1 }, (_, i) => `${i}`));
  store.update((state) => apply(state, { type: 'presence', userId: '0', online: false }).state);
  expect([store.get().presence['0'], store.get().presence['1']]).toEqual([false, true]);
  online = false;
  here.wake();
  await settled();
  expect(store.get().presence['1']).toBe(false);
  expect(asked).toEqual([100, 1, 100, 1]);
});
