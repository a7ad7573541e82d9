import type { Message } from '@koreromai/contract';
import { describe, expect, it } from 'vitest';
import { apply } from './apply.ts';
import { chatIn, here } from './test/here.ts';

const naming = (message: Message, userId: string): Message => ({ ...message, mentions: [{ userId, handle: 'me' }] });

describe('C14: whether a mention is told to me only the server knows', () => {
  it('a message that names me is counted as unread, and asked about', () => {
    const { state, group, me, other, next, message } = here();
    const posted = naming(message(), me.me.id);
    const applied = apply(state, next(group.id, { type: 'message.created', message: posted }));
    expect(chatIn(applied, group.id)).toMatchObject({ unreadCount: group.unreadCount + 1, mentionCount: group.mentionCount });
    expect(applied.asks).toEqual([{ type: 'conversation', id: group.id }]);
    const others = naming(message(), other.id);
    expect(apply(state, next(group.id, { type: 'message.created', message: others })).asks).toEqual([]);
    expect(apply(state, next(group.id, { type: 'message.created', message: naming(message(me.me), me.me.id) })).asks).toEqual([]);
  });

  it('an edit that names me, or no more, is asked about while the message is unread', () => {
    const { state, group, me, next, message } = here();
    const plain = message();
    const before = apply(state, next(group.id, { type: 'message.created', message: plain })).state;
    const named = { ...naming(plain, me.me.id), version: 2 };
    const edited = apply(before, next(group.id, { type: 'message.updated', message: named }, 2));
    expect(edited.asks).toEqual([{ type: 'conversation', id: group.id }]);
    expect(chatIn(edited, group.id).lastMessage?.mentions).toEqual(named.mentions);
    const again = apply(edited.state, next(group.id, { type: 'message.updated', message: { ...plain, version: 3 } }, 3));
    expect(again.asks).toEqual([{ type: 'conversation', id: group.id }]);
    expect(apply(again.state, next(group.id, { type: 'message.updated', message: { ...plain, version: 4 } }, 4)).asks).toEqual([]);
    const read = apply(before, next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: plain.seq })).state;
    expect(apply(read, next(group.id, { type: 'message.updated', message: named }, 2)).asks).toEqual([]);
  });

  it('deleted unread, it is asked about, and its tombstone names nobody', () => {
    const { state, group, me, next, message } = here();
    const named = naming(message(), me.me.id);
    const before = apply(state, next(group.id, { type: 'message.created', message: named })).state;
    const gone = apply(before, next(group.id, { type: 'message.deleted', messageId: named.id, messageSeq: named.seq }, 2));
    expect(gone.asks).toEqual([{ type: 'conversation', id: group.id }]);
    expect(chatIn(gone, group.id).lastMessage).toMatchObject({ id: named.id, deleted: true, mentions: [] });
  });

  it('UI5: reading takes the count with it, and asks where something that names me may be left', () => {
    const { state, group, me, next } = here();
    const counting = { ...state, conversations: { ...state.conversations, [group.id]: { ...group, mentionCount: 1 } } };
    const all = apply(counting, next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: group.seq }));
    expect([chatIn(all, group.id).mentionCount, all.asks]).toEqual([0, []]);
    const first = state.timelines[group.id]?.messages.find((m) => m.seq > group.lastReadSeq)?.seq ?? 0;
    const some = apply(counting, next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: first }));
    expect([chatIn(some, group.id).mentionCount, some.asks]).toEqual([1, [{ type: 'conversation', id: group.id }]]);
  });
});
