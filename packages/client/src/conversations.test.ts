import { expect, it } from 'vitest';
import { conversationsByActivity, outboxOf, shownUnread, unreadTotal } from './conversations.ts';
import { arrange, freshState } from './test/history.ts';
import { uuidv7 } from './uuid.ts';

it('the conversation with the last activity comes first', () => {
  const { world, me } = arrange();
  const [first] = conversationsByActivity(freshState(me)).reverse();
  if (!first) throw new Error('no chats');
  me.post(first.id, world.newId(), 'up');
  const [top, ...rest] = conversationsByActivity(freshState(me));
  expect([top?.id, rest.length]).toEqual([first.id, 2]);
});

it('UI5: unread is added up over all conversations, and shown as 99+ above the cap', () => {
  const { me } = arrange();
  expect(unreadTotal(freshState(me))).toBe(5);
  expect([0, 1, 99, 100, 250].map(shownUnread)).toEqual(['', '1', '99', '99+', '99+']);
});

it('the outbox of a conversation is only what was written there', () => {
  const { me } = arrange();
  const entry = (id: string, conversationId: string) => ({ id, conversationId, text: '', createdAt: '', status: 'queued' as const });
  const state = { ...freshState(me), outbox: [entry('1', 'a'), entry('2', 'b'), entry('3', 'a')] };
  expect(outboxOf(state, 'a').map(({ id }) => id)).toEqual(['1', '3']);
});

it('an id is a UUID of version 7 that tells when it was made', () => {
  const now = Date.UTC(2026, 10, 21, 3, 41);
  const ids = Array.from({ length: 1_000 }, () => uuidv7(now));
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt((ids[0] ?? '').replace(/-/g, '').slice(0, 12), 16)).toBe(now);
});
