import { expect, it } from 'vitest';
import { fromSnapshot, repaired } from './snapshot.ts';
import { arrange, freshState } from './test/history.ts';

const begin = () => {
  const { world, me } = arrange();
  const state = freshState(me);
  const [first, second] = Object.values(state.conversations).filter((held) => held.lastMessage);
  if (!first || !second) throw new Error('no chats');
  return { world, me, state, first, second };
};

it('N1: an answer that has not heard of my reading does not take it back', () => {
  const { me, state, first } = begin();
  const read = { ...state, conversations: { ...state.conversations, [first.id]: { ...first, lastReadSeq: first.seq, unreadCount: 0 } } };
  expect(repaired(read, me.get(first.id), null).conversations[first.id]).toMatchObject({ lastReadSeq: first.seq, unreadCount: 0 });
  const most = (first.lastMessage?.seq ?? 0) - 1;
  const half = { ...state, conversations: { ...state.conversations, [first.id]: { ...first, lastReadSeq: most } } };
  const asTold = { ...me.get(first.id), seq: first.seq + 1, lastReadSeq: 0, unreadCount: 3 };
  expect(repaired(half, asTold, null).conversations[first.id]).toMatchObject({ lastReadSeq: most, unreadCount: 3, seq: first.seq + 1 });
});

it('an answer from before what is held changes nothing', () => {
  const { state, first } = begin();
  expect(repaired(state, { ...first, seq: first.seq - 1, name: 'old' }, null).conversations[first.id]).toBe(first);
});

it('L1: open timelines stay on the screen until they are repaired, and nothing of them outlives that', () => {
  const { me, state, first } = begin();
  const ghost = { ...state.timelines[first.id]?.messages[0], id: 'ghost' };
  const held = state.timelines[first.id];
  const haunted = { ...state, timelines: { [first.id]: { ...held, messages: [...(held?.messages ?? []), ghost] } } };
  const afresh = fromSnapshot(JSON.parse(JSON.stringify(haunted)), me.snapshot());
  expect(afresh.timelines[first.id]).toMatchObject({
    loading: true,
    messages: expect.arrayContaining([expect.objectContaining({ id: 'ghost' })]),
  });
  const mended = repaired(afresh, me.get(first.id), me.messages(first.id, null, 50));
  expect(mended.timelines).toEqual({ [first.id]: held });
});

it('an open conversation beyond the first page is kept, as nothing certain; a closed one, or one that is gone, is not', () => {
  const { me, state, first, second } = begin();
  const page = { ...me.snapshot(), conversations: [], nextCursor: 'more' };
  const open = { ...state, timelines: { [first.id]: state.timelines[first.id] } };
  const afresh = fromSnapshot(JSON.parse(JSON.stringify(open)), page);
  expect(afresh.conversations).toEqual({ [first.id]: { ...first, seq: 0 } });
  expect(afresh.conversations[second.id]).toBeUndefined();
  const complete = fromSnapshot(state, { ...page, nextCursor: null });
  expect([complete.conversations, complete.timelines]).toEqual([{}, {}]);
});
