import type { State } from '@koreromai/client';
import { emptyState } from '@koreromai/client';
import { expect, test } from 'vitest';
import { ben, group, me, member, mere, person } from '../test/cast.ts';
import { chatGoals, ranked } from './switcher-items.ts';

const direct = group({ id: 'direct', kind: 'direct', members: [member(me), member(ben)], seats: 2, createdAt: '2026-11-02T00:00:00.000Z' });
const named = group({ id: 'korero', name: 'Kōrero', createdAt: '2026-11-03T00:00:00.000Z' });
const state: State = { ...emptyState, conversations: { direct, korero: named } };
const goal = (user: ReturnType<typeof person>) => ({
  kind: 'person' as const,
  id: user.id,
  title: user.name,
  note: `@${user.username}`,
  user,
});

test('UI15: without words the latest chats stand first', () => {
  expect(ranked('', chatGoals(state, me.id), []).map((each) => each.id)).toEqual(['korero', 'direct']);
});

test('UI15: korero finds Kōrero, and kōrero finds Korero', () => {
  expect(ranked('korero', chatGoals(state, me.id), []).map((each) => each.title)).toEqual(['Kōrero']);
  expect(ranked('kōr', [], [goal(person('Korere'))]).map((each) => each.title)).toEqual(['Korere']);
});

test('UI15: whom I have a direct chat with is found there, and only there', () => {
  const found = ranked('e', chatGoals(state, me.id), [goal(ben), goal(mere)]);
  expect(found.filter((each) => each.title === 'Ben').map((each) => each.kind)).toEqual(['chat']);
  expect(found.some((each) => each.id === mere.id)).toBe(true);
});
