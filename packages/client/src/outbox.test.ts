import { Refusal, type RefusalInfo } from '@koreromai/contract';
import { expect, it } from 'vitest';
import { apply } from './apply.ts';
import { createOutbox } from './outbox.ts';
import type { State } from './state.ts';
import { createStore } from './store.ts';
import { createFakeClock, settled } from './test/fake-clock.ts';
import { arrange, freshState } from './test/history.ts';

type Answer = 'ok' | 'lost' | 'never' | Error;

/** A transport that answers as the test says: in turn, then always `ok`. */
function arrangeOutbox(...answers: Answer[]) {
  const { world, me } = arrange();
  const time = createFakeClock();
  const store = createStore();
  store.update(() => freshState(me));
  const [chat, other] = Object.keys(store.get().conversations);
  if (!chat || !other) throw new Error('no chats');
  const asked: string[] = [];
  const outbox = createOutbox({
    store,
    clock: time.clock,
    random: () => 1,
    async post({ conversationId, id, text }) {
      asked.push(text);
      const answer = answers.shift() ?? 'ok';
      if (answer instanceof Error) throw answer;
      if (answer === 'never') return new Promise(() => {});
      const posted = me.post(conversationId, id, text);
      if (answer === 'lost') throw new Error('socket closed');
      return posted;
    },
  });
  const entries = () => store.get().outbox.map(({ text, status }) => `${text} ${status}`);
  const stored = () =>
    [...world.chats.values()]
      .flatMap((one) => one.messages.map(({ message }) => message.text))
      .filter((text) => text && !text.startsWith('kia ora'));
  const shown = () =>
    store
      .get()
      .timelines[chat]?.messages.map((message) => message.text)
      .slice(-3);
  return { world, me, time, store, outbox, chat, other, asked, entries, stored, shown };
}
const offline = new TypeError('fetch failed');
const refuse = (code: 'RATE_LIMITED' | 'INTERNAL' | 'BUSY' | 'NOT_FOUND' | 'GROUP_UNDERFULL', info?: RefusalInfo) =>
  new Refusal(code, info);

it('UI2: a message is shown as sending at once, and leaves the outbox in the change that brings it into the timeline', async () => {
  const { store, outbox, chat, entries } = arrangeOutbox();
  const bubbles: number[] = [];
  const id = outbox.send(chat, 'tēnā koe');
  expect(entries()).toEqual(['tēnā koe sending']);
  const count = ({ outbox: waiting, timelines }: State) =>
    waiting.filter((entry) => entry.id === id).length + (timelines[chat]?.messages.filter((message) => message.id === id).length ?? 0);
  store.subscribe((state) => bubbles.push(count(state)));
  await settled();
  expect(entries()).toEqual([]);
  expect(bubbles.length).toBeGreaterThan(0);
  expect(new Set([count(store.get()), ...bubbles])).toEqual(new Set([1]));
});

it('UI2: the event may come first, and the reply after it adds nothing', async () => {
  const { world, me, store, outbox, chat, entries } = arrangeOutbox('never');
  const id = outbox.send(chat, 'first');
  const before = world.log.entries.length;
  me.post(chat, id, 'first');
  for (const { event } of world.log.entries.slice(before)) store.update((state) => apply(state, event).state);
  expect(entries()).toEqual([]);
  expect(store.get().timelines[chat]?.messages.filter((message) => message.id === id)).toHaveLength(1);
});

it('UI3: without a network it is queued and tried again, ever more slowly, until it goes', async () => {
  const { time, outbox, chat, entries, stored, asked } = arrangeOutbox(offline, offline, refuse('INTERNAL'), refuse('BUSY'));
  outbox.send(chat, 'a');
  await settled();
  expect(entries()).toEqual(['a queued']);
  expect(time.waiting).toEqual([500]);
  await time.pass(500);
  expect(time.waiting).toEqual([1_000]);
  await time.pass(1_000);
  expect(time.waiting).toEqual([2_000]);
  await time.pass(2_000 + 4_000);
  expect([entries(), stored(), asked.length]).toEqual([[], ['a'], 5]);
});

it('UI3: once something went through, the next wait is short again', async () => {
  const { time, outbox, chat, asked } = arrangeOutbox(offline, offline, 'ok', offline);
  outbox.send(chat, 'a');
  outbox.send(chat, 'b');
  await time.pass(500 + 1_000);
  expect([asked, time.waiting]).toEqual([['a', 'a', 'a', 'b'], [500]]);
});

it('UI3: 429 waits as long as the server asked for', async () => {
  const { time, outbox, chat, asked, stored } = arrangeOutbox(refuse('RATE_LIMITED', { retryAfter: 7 }));
  outbox.send(chat, 'a');
  await time.pass(6_999);
  expect([asked.length, stored()]).toEqual([1, []]);
  await time.pass(1);
  expect([asked.length, stored()]).toEqual([2, ['a']]);
});

it('G4: what is written after a message that waits goes after it, and other chats do not wait', async () => {
  const { time, outbox, chat, other, entries, stored } = arrangeOutbox(offline);
  outbox.send(chat, 'one');
  await settled();
  outbox.send(chat, 'two');
  outbox.send(chat, 'three');
  outbox.send(other, 'elsewhere');
  await settled();
  expect(entries()).toEqual(['one queued', 'two queued', 'three queued']);
  await time.pass(500);
  expect(stored().filter((text) => text !== 'elsewhere')).toEqual(['one', 'two', 'three']);
  expect(stored()).toContain('elsewhere');
});

it('one message of a chat is asked for at a time', async () => {
  const { outbox, chat, asked, entries } = arrangeOutbox('never');
  outbox.send(chat, 'one');
  outbox.send(chat, 'two');
  await settled();
  expect([asked, entries()]).toEqual([['one'], ['one sending', 'two sending']]);
});

it('UI3: a refusal fails at once, with words, and those behind it go on', async () => {
  const { store, outbox, chat, entries, stored, time } = arrangeOutbox(refuse('GROUP_UNDERFULL'));
  outbox.send(chat, 'a');
  outbox.send(chat, 'b');
  await settled();
  expect(entries()).toEqual(['a failed']);
  expect(store.get().outbox[0]?.error).toMatchObject({
    code: 'GROUP_UNDERFULL',
    retryable: false,
    message: expect.stringContaining('Nobody else is here'),
  });
  expect(stored()).toEqual(['b']);
  await time.pass(3_600_000);
  expect(entries()).toEqual(['a failed']);
});

it('UI3: retry sends a failed message again under its id, discard forgets it', async () => {
  const { outbox, chat, entries, stored, asked, shown } = arrangeOutbox(refuse('NOT_FOUND'), refuse('NOT_FOUND'));
  const first = outbox.send(chat, 'a');
  const second = outbox.send(chat, 'b');
  await settled();
  outbox.retry(first);
  outbox.discard(second);
  expect(entries()).toEqual(['a sending']);
  await settled();
  expect([entries(), stored(), asked]).toEqual([[], ['a'], ['a', 'b', 'a']]);
  expect(shown()?.at(-1)).toBe('a');
});

it('a message that is on the wire cannot be discarded: nobody knows whether it arrives', async () => {
  const { outbox, chat, entries } = arrangeOutbox('never');
  const id = outbox.send(chat, 'a');
  await settled();
  outbox.discard(id);
  expect(entries()).toEqual(['a sending']);
});

it('a queued message that is discarded is never sent', async () => {
  const { time, outbox, chat, stored } = arrangeOutbox(offline);
  const id = outbox.send(chat, 'a');
  await settled();
  outbox.discard(id);
  await time.pass(60_000);
  expect(stored()).toEqual([]);
});

it('G3: after a lost reply the same id is sent again, and the message stands once', async () => {
  const { time, outbox, chat, stored, asked, shown } = arrangeOutbox('lost', 'lost');
  outbox.send(chat, 'a');
  await time.pass(10_000);
  expect([asked.length, stored(), shown()?.filter((text) => text === 'a')]).toEqual([3, ['a'], ['a']]);
});

it('flush tries everything now and starts the waiting times afresh', async () => {
  const { time, outbox, chat, other, stored } = arrangeOutbox(offline, offline, offline, offline);
  outbox.send(chat, 'a');
  outbox.send(other, 'b');
  await time.pass(500);
  expect(time.waiting).toEqual([1_000, 1_000]);
  outbox.flush();
  await settled();
  expect([stored().sort(), time.waiting]).toEqual([['a', 'b'], []]);
});

it('W3: what cannot be a message is not sent, and says why; what can be is sent as it will be stored', async () => {
  const { store, outbox, chat, asked } = arrangeOutbox();
  outbox.send(chat, ' \n\t ');
  outbox.send(chat, 'x'.repeat(4_001));
  outbox.retry(store.get().outbox[1]?.id ?? '');
  await settled();
  expect(store.get().outbox.map((entry) => entry.error?.code)).toEqual(['EMPTY_MESSAGE', 'MESSAGE_TOO_LONG']);
  expect(asked).toEqual([]);
  outbox.send(chat, '  e\u0304 \u0007 ');
  await settled();
  expect(asked).toEqual(['ē']);
});

it('a closed outbox waits for nothing', async () => {
  const { time, outbox, chat } = arrangeOutbox(offline);
  outbox.send(chat, 'a');
  await settled();
  outbox.close();
  expect(time.waiting).toEqual([]);
});
