import { Refusal } from '@koreromai/contract';
import { expect, it } from 'vitest';
import { apply } from './apply.ts';
import { createDrafts } from './drafts.ts';
import { createStore } from './store.ts';
import { createFakeClock, settled } from './test/fake-clock.ts';
import { here as scene } from './test/here.ts';

function arrange(...answers: ('ok' | Error | Promise<void>)[]) {
  const { state, group } = scene();
  const store = createStore();
  store.update(() => state);
  const time = createFakeClock();
  const told: string[] = [];
  const kept = new Map<string, string>();
  const drafts = createDrafts({
    store,
    clock: time.clock,
    random: () => 1,
    page: async () => ({ items: [...kept].map(([conversationId, text]) => ({ conversationId, text })), nextCursor: null }),
    async tell({ conversationId, text }) {
      told.push(text);
      const answer = answers.shift() ?? 'ok';
      if (answer instanceof Error) throw answer;
      if (answer !== 'ok') await answer;
      kept.set(conversationId, text);
    },
  });
  const draft = () => store.get().drafts[group.id];
  const echo = (text: string | null) =>
    store.update((now) => {
      const event = { type: 'draft.changed' as const, conversationId: group.id, draft: text, at: '2026-11-21T00:00:00.000Z' };
      return apply(now, { ...event, stream: now.me?.id ?? '', seq: now.userSeq + 1 }).state;
    });
  return { store, drafts, time, told, kept, draft, echo, chat: group.id };
}

it('UI10: the server hears of it when the writer rests, and only of the last words', async () => {
  const { drafts, time, told, draft, chat } = arrange();
  void drafts.write(chat, 'k');
  await time.pass(900);
  const done = drafts.write(chat, 'kia');
  expect([draft(), told]).toEqual(['kia', []]);
  await time.pass(999);
  expect(told).toEqual([]);
  await time.pass(1);
  await done;
  expect(told).toEqual(['kia']);
});

it('UI10: what was sent is no draft any more, at once', async () => {
  const { drafts, told, draft, chat, time } = arrange();
  void drafts.write(chat, 'kia ora');
  await drafts.write(chat, '');
  expect([told, draft(), time.waiting]).toEqual([[''], undefined, []]);
});

it('UI10: the echo of what was told takes away nothing that was typed since', async () => {
  const { drafts, draft, chat, echo, time, told } = arrange();
  void drafts.write(chat, 'kia');
  await time.pass(1_000);
  void drafts.write(chat, 'kia ora');
  echo('kia');
  expect(draft()).toBe('kia ora');
  await time.pass(1_000);
  echo('kia ora');
  echo(null); // sent from another device
  expect([draft(), told]).toEqual([undefined, ['kia', 'kia ora']]);
});

it('UI10: without a network it is told later; what the server does not take stays here', async () => {
  const { drafts, draft, chat, time, told, kept } = arrange(new TypeError('fetch failed'), 'ok', new Refusal('MESSAGE_TOO_LONG'));
  const done = drafts.write(chat, 'from the bush');
  await time.pass(1_000);
  expect([kept.size, time.waiting]).toEqual([0, [500]]);
  drafts.wake();
  await done;
  expect([told.length, kept.get(chat)]).toEqual([2, 'from the bush']);
  const long = drafts.write(chat, 'long');
  await time.pass(1_000);
  await long;
  expect([draft(), kept.get(chat)]).toEqual(['long', 'from the bush']);
});

it('UI10: words that are emptied while a call is under way are emptied there too', async () => {
  let answer = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { drafts, chat, time, told, kept } = arrange(slow);
  void drafts.write(chat, 'a');
  await time.pass(1_000);
  const done = drafts.write(chat, '');
  expect(told).toEqual(['a']);
  answer();
  await done;
  expect([told, kept.get(chat)]).toEqual([['a', ''], '']);
});

it('UI10: they are read again when the line is back, but not over what is being written', async () => {
  const { drafts, draft, chat, kept } = arrange();
  kept.set(chat, 'old');
  await drafts.load();
  expect(draft()).toBe('old');
  kept.set(chat, 'from the phone');
  drafts.wake();
  await settled();
  expect(draft()).toBe('from the phone');
  void drafts.write(chat, 'here');
  drafts.wake();
  await settled();
  expect(draft()).toBe('here');
  drafts.close();
});
