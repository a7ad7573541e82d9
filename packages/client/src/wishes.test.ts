import { Refusal } from '@koreromai/contract';
import { expect, it } from 'vitest';
import { apply } from './apply.ts';
import { refusalOf } from './refusal.ts';
import { createStore } from './store.ts';
import { createFakeClock, settled } from './test/fake-clock.ts';
import { here as scene } from './test/here.ts';
import { createWishes } from './wishes.ts';

type Answer = 'ok' | Error | { after: Promise<void> };

function arrange(...answers: Answer[]) {
  const { state, group, message, next } = scene();
  const said = message();
  const store = createStore();
  store.update(() => apply(state, next(group.id, { type: 'message.created', message: said })).state);
  const time = createFakeClock();
  const told: string[] = [];
  const wishes = createWishes({
    store,
    clock: time.clock,
    random: () => 1,
    async tell({ emoji, on }) {
      told.push(`${on ? '+' : '-'}${emoji}`);
      const answer = answers.shift() ?? 'ok';
      if (answer instanceof Error) throw answer;
      if (answer !== 'ok') await answer.after;
    },
  });
  const shown = () => store.get().timelines[group.id]?.messages.find((one) => one.id === said.id);
  const mine = () => `${shown()?.likeCount} ${shown()?.reactions.map((r) => `${r.emoji}${r.count}${r.mine ? 'me' : ''}`)}`;
  return { store, group, said, time, told, wishes, mine, shown };
}
const offline = new TypeError('fetch failed');

it('UI19: a refusal takes the reaction back and says why', async () => {
  const { wishes, said, mine, told } = arrange(new Refusal('TOO_MANY_REACTIONS'), new Refusal('MESSAGE_DELETED'));
  const done = wishes.set(said.id, '🎉', true);
  expect(mine()).toBe('0 🎉1me');
  await expect(done).rejects.toSatisfy((error) => refusalOf(error).code === 'TOO_MANY_REACTIONS');
  expect(mine()).toBe('0 ');
  await expect(wishes.set(said.id, 'like', true)).rejects.toThrow();
  expect([mine(), told]).toEqual(['0 ', ['+🎉', '+like']]);
});

it('UI19: without a network it stays as chosen and is told later, only the last wish', async () => {
  const { wishes, said, mine, told, time } = arrange(offline);
  const done = wishes.set(said.id, 'like', true);
  await settled();
  expect([mine(), time.waiting]).toEqual(['1 ', [500]]);
  void wishes.set(said.id, 'like', false);
  void wishes.set(said.id, 'like', true);
  wishes.flush();
  await done;
  expect([mine(), told, time.waiting]).toEqual(['1 ', ['+like', '+like'], []]);
});

it('UI19: who changes their mind while a call is under way is told once more, and an event from before undoes nothing', async () => {
  let answer = () => {};
  const after = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { wishes, said, mine, told, store, group } = arrange({ after });
  const flashes: string[] = [];
  store.subscribe(() => flashes.push(mine()));
  const done = wishes.set(said.id, '🎉', true);
  await settled();
  void wishes.set(said.id, '🎉', false);
  flashes.length = 0;
  const me = store.get().me?.id ?? '';
  const reacted = { type: 'reaction.added' as const, messageId: said.id, messageSeq: said.seq, userId: me, emojis: ['🎉'], likeCount: 0 };
  const place = { stream: group.id, seq: (store.get().conversations[group.id]?.seq ?? 0) + 1, at: said.createdAt };
  store.update((state) => apply(state, { ...place, ...reacted, reactions: [{ emoji: '🎉', count: 1 }] }).state);
  expect(new Set(flashes)).toEqual(new Set(['0 ']));
  answer();
  await done;
  expect([told, mine()]).toEqual([['+🎉', '-🎉'], '0 ']);
});

it('UI19: the same wish twice is one, and a tombstone takes none', async () => {
  const { wishes, said, mine, told, store, group, shown } = arrange();
  await Promise.all([wishes.set(said.id, 'like', true), wishes.set(said.id, 'like', true)]);
  expect([mine(), told]).toEqual(['1 ', ['+like']]);
  await wishes.set(said.id, 'like', true);
  expect(told).toEqual(['+like']);
  const place = { stream: group.id, seq: (store.get().conversations[group.id]?.seq ?? 0) + 1, at: said.createdAt };
  store.update((state) => apply(state, { ...place, type: 'message.deleted', messageId: said.id, messageSeq: said.seq }).state);
  void wishes.set(said.id, '🎉', true);
  expect([shown()?.deleted, mine()]).toEqual([true, '0 ']);
});

it('a closed one waits for nothing', async () => {
  const { wishes, said, time } = arrange(offline);
  void wishes.set(said.id, 'like', true);
  await settled();
  wishes.close();
  expect(time.waiting).toEqual([]);
});
