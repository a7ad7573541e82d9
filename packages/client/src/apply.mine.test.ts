import type { Frame } from '@koreromai/contract';
import { describe, expect, it } from 'vitest';
import { apply } from './apply.ts';
import { repaired } from './snapshot.ts';
import { chatIn, here } from './test/here.ts';
import { act } from './test/history.ts';

describe('an event of mine', () => {
  it('unread.marked lowers the mark, asks how much that is, and lets the answer in (N1)', () => {
    const { state, group, me, next } = here();
    const read = apply(state, next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: group.seq })).state;
    const marked = apply(read, { ...next(me.me.id, { type: 'unread.marked', conversationId: group.id, readSeq: 2 }, 2) });
    expect([chatIn(marked, group.id).lastReadSeq, marked.asks]).toEqual([2, [{ type: 'conversation', id: group.id }]]);
    const told = { ...group, lastReadSeq: 2, unreadCount: 5 };
    expect(repaired(marked.state, told, null).conversations[group.id]).toMatchObject({ lastReadSeq: 2, unreadCount: 5 });
  });

  it('you.added brings the whole conversation; what it includes already is then dropped by seq', () => {
    const { world, state, me, people } = here();
    const frames = act(world, me, { verb: 'create', who: 1, what: 0 });
    const last = frames.at(-1);
    if (last?.type !== 'you.added') throw new Error('not told');
    const added = { ...last, conversation: { ...last.conversation, seq: 9 } };
    const applied = apply(state, added);
    expect(chatIn(applied, added.conversation.id).members).toHaveLength(2);
    const late: Frame = { stream: added.conversation.id, seq: 9, at: added.at, type: 'member.left', userId: people[1]?.id ?? '', seats: 1 };
    expect(apply(applied.state, late)).toEqual({ state: applied.state, asks: [] });
  });

  it('you.added for an open chat that stands further asks for what lies between', () => {
    const { state, me, group, next } = here();
    const applied = apply(state, next(me.me.id, { type: 'you.added', conversation: { ...group, seq: group.seq + 3 } }));
    expect(applied.asks).toEqual([{ type: 'conversation', id: group.id }]);
  });

  it.each(['left', 'removed'] as const)('you.removed (%s) takes the chat, its messages and what was on its way to it', (reason) => {
    const { state, me, group, next } = here();
    const entry = { id: 'x', conversationId: group.id, text: '', createdAt: '', status: 'queued' as const };
    const { state: now } = apply({ ...state, outbox: [entry] }, next(me.me.id, { type: 'you.removed', conversationId: group.id, reason }));
    expect([now.conversations[group.id], now.timelines[group.id], now.outbox]).toEqual([undefined, undefined, []]);
    expect(Object.keys(now.conversations)).toHaveLength(Object.keys(state.conversations).length - 1);
  });

  it('N1: read.moved counts what is left, and never moves back', () => {
    const { state, me, group, next } = here();
    const unread = state.timelines[group.id]?.messages.filter((message) => message.author.id !== me.me.id) ?? [];
    const [first] = unread;
    const { state: one } = apply(state, next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: first?.seq ?? 0 }));
    expect(one.conversations[group.id]).toMatchObject({ lastReadSeq: first?.seq, unreadCount: unread.length - 1 });
    const { state: all } = apply(one, next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: group.seq }, 2));
    expect(all.conversations[group.id]).toMatchObject({ lastReadSeq: group.seq, unreadCount: 0 });
    const { state: back } = apply(all, next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: 1 }, 3));
    expect(back.conversations).toBe(all.conversations);
  });

  it('N1: read.moved asks when the messages held do not tell how many are left', () => {
    const { state, me, group, next } = here();
    const closed = { ...state, timelines: {} };
    const first = state.timelines[group.id]?.messages[0]?.seq ?? 0;
    const applied = apply(closed, next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: first }));
    expect(applied.asks).toEqual([{ type: 'conversation', id: group.id }]);
    expect(chatIn(applied, group.id)).toMatchObject({ lastReadSeq: first, unreadCount: group.unreadCount });
  });

  it('N1: a message that was read elsewhere before it arrived here is not unread', () => {
    const { state, me, group, next, message } = here();
    const { state: ahead } = apply(state, next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: group.seq + 1 }));
    const { state: now } = apply(ahead, next(group.id, { type: 'message.created', message: message() }));
    expect(now.conversations[group.id]).toMatchObject({ lastReadSeq: group.seq + 1, unreadCount: 0 });
  });

  it('N1: what is left is counted from the window only if it reaches that far, and never my own', () => {
    const { state, me, group, next, message } = here();
    const { id, username, name, bio, avatarUrl, bot, createdAt } = me.me;
    const timeline = state.timelines[group.id];
    const messages = timeline?.messages ?? [];
    const [first, second] = messages;
    if (!timeline || !first || !second) throw new Error('no messages');
    const read = (held: typeof timeline) =>
      apply(
        { ...state, timelines: { [group.id]: held } },
        next(me.me.id, { type: 'read.moved', conversationId: group.id, readSeq: first.seq }),
      );
    expect(read({ ...timeline, fromSeq: second.seq, messages: messages.slice(1) }).asks).toEqual([]);
    expect(read({ ...timeline, fromSeq: second.seq + 1, messages: messages.slice(2) }).asks).toEqual([
      { type: 'conversation', id: group.id },
    ]);
    const ahead = message({ id, username, name, bio, avatarUrl, bot, createdAt }, group.seq + 9);
    expect(chatIn(read({ ...timeline, messages: [...messages, ahead] }), group.id).unreadCount).toBe(messages.length - 1);
  });

  it('C7: pending.changed replaces my list', () => {
    const { state, me, group, next } = here();
    const pending = [{ id: 'p', email: 'new@example.org', status: 'pending' as const, link: '/join/x', expiresAt: '' }];
    expect(chatIn(apply(state, next(me.me.id, { type: 'pending.changed', conversationId: group.id, pending })), group.id).pending).toBe(
      pending,
    );
  });

  it('G7: session.revoked ends this session and leaves others alone', () => {
    const { state, me, next } = here();
    const revoked = (sessionId: string) => apply(state, next(me.me.id, { type: 'session.revoked', sessionId })).asks;
    expect(revoked(state.sessionId ?? '')).toEqual([{ type: 'end' }]);
    expect(revoked('another')).toEqual([]);
  });
});
