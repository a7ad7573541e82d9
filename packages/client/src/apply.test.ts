import type { StreamEvent } from '@koreromai/contract';
import { describe, expect, it } from 'vitest';
import { type Applied, apply } from './apply.ts';
import { fromSnapshot } from './snapshot.ts';
import { chatIn, here } from './test/here.ts';

describe('an event of a conversation', () => {
  it('conversation.created moves the seq and nothing else', () => {
    const { state, group, next } = here();
    expect(chatIn(apply(state, next(group.id, { type: 'conversation.created' })), group.id)).toEqual({ ...group, seq: group.seq + 1 });
  });

  it('conversation.updated renames', () => {
    const { state, group, next } = here();
    expect(chatIn(apply(state, next(group.id, { type: 'conversation.updated', name: 'Iwi', addPolicy: 'owner' })), group.id).name).toBe(
      'Iwi',
    );
    expect(
      chatIn(apply(state, next(group.id, { type: 'conversation.updated', name: null, addPolicy: 'owner' })), group.id).name,
    ).toBeNull();
  });

  it('owner.changed hands the role over, also mine', () => {
    const { state, me, group, other, next } = here();
    const given = chatIn(apply(state, next(group.id, { type: 'owner.changed', userId: other.id })), group.id);
    expect(given).toMatchObject({ owner: { id: other.id }, myRole: 'member' });
    expect(given.members.map((member) => [member.user.id, member.role])).toContainEqual([me.me.id, 'member']);
    expect(chatIn(apply(state, next(group.id, { type: 'owner.changed', userId: null })), group.id).owner).toBeNull();
  });

  it('member.added seats somebody once, though they are listed already', () => {
    const { state, group, other, next } = here();
    const member = { user: other, role: 'member' as const, joinedAt: '2026-11-21T00:00:00.000Z', addedBy: null };
    const now = chatIn(apply(state, next(group.id, { type: 'member.added', member, seats: 5 })), group.id);
    expect(now.members).toHaveLength(group.members.length);
    expect(now.seats).toBe(5);
  });

  it('C8: with one person left a chat is underfull, and open again when somebody comes', () => {
    const { state, group, me, next } = here();
    let applied: Applied = { state, asks: [] };
    const others = group.members.filter((member) => member.user.id !== me.me.id);
    for (const [n, { user }] of others.entries()) {
      const what = { userId: user.id, seats: group.seats - n - 1 };
      const event = n % 2 ? { ...what, type: 'member.left' as const } : { ...what, type: 'member.removed' as const, removedBy: me.me.id };
      applied = apply(applied.state, next(group.id, event, n + 1));
    }
    expect(chatIn(applied, group.id)).toMatchObject({ state: 'underfull', seats: 1 });
    const [member] = others;
    if (!member) throw new Error('alone');
    applied = apply(applied.state, next(group.id, { type: 'member.added', member, seats: 2 }, others.length + 1));
    expect(chatIn(applied, group.id).state).toBe('open');
  });

  it('who went, and by whom, is known from then on, once, until the chat is gone or everything is fetched anew', () => {
    const { state, group, me, next } = here();
    const [one, two] = group.members.filter((member) => member.user.id !== me.me.id).map((member) => member.user.id);
    if (!one || !two) throw new Error('A group has others.');
    const out = next(group.id, { type: 'member.removed', userId: one, removedBy: me.me.id, seats: 2 });
    const left = next(group.id, { type: 'member.left', userId: two, seats: 1 }, 2);
    let now = state;
    for (const event of [out, out, left, left]) now = apply(now, event).state;
    expect(now.departures[group.id]).toEqual([
      { seq: group.seq + 1, at: out.at, userId: one, by: me.me.id },
      { seq: group.seq + 2, at: left.at, userId: two, by: two },
    ]);
    for (let n = 3; n < 60; n++) now = apply(now, next(group.id, { type: 'member.left', userId: two, seats: 1 }, n)).state;
    expect(now.departures[group.id]).toHaveLength(20);
    expect(now.departures[group.id]?.at(-1)?.seq).toBe(group.seq + 59);
    expect(apply(now, { type: 'ended', stream: group.id }).state.departures).toEqual({});
    const afresh = { me: me.me, sessionId: 's', pos: 'p', userSeq: 0, conversations: [group], nextCursor: null };
    expect(fromSnapshot(now, afresh).departures).toEqual({});
  });

  it.each(['invitation.created', 'invitation.accepted', 'invitation.revoked', 'invitation.expired'] as const)(
    '%s tells how many seats are taken',
    (type) => {
      const { state, group, next } = here();
      expect(chatIn(apply(state, next(group.id, { type, seats: 7 })), group.id).seats).toBe(7);
    },
  );

  it('message.created shows, lists and counts it', () => {
    const { state, group, next, message } = here();
    const posted = message();
    const applied = apply(state, next(group.id, { type: 'message.created', message: posted }));
    expect(chatIn(applied, group.id)).toMatchObject({ lastMessage: posted, unreadCount: group.unreadCount + 1, seq: group.seq + 1 });
    expect(applied.state.timelines[group.id]?.messages.at(-1)).toBe(posted);
  });

  it('N1: unread stops at one above the cap', () => {
    const { state, group, next, message } = here();
    let now = state;
    for (let n = 1; n <= 120; n++)
      now = apply(now, next(group.id, { type: 'message.created', message: message(undefined, group.seq + n) }, n)).state;
    expect(now.conversations[group.id]?.unreadCount).toBe(100);
  });

  it('W5: my own message is read by me, with everything before it, and takes its twin out of the outbox (UI2)', () => {
    const { state, me, group, next, message } = here();
    const { id, username, name, bio, avatarUrl, bot, createdAt } = me.me;
    const posted = message({ id, username, name, bio, avatarUrl, bot, createdAt });
    const entry = { id: posted.id, conversationId: group.id, text: 'ka pai', createdAt, status: 'sending' as const };
    const waiting = { ...state, outbox: [entry, { ...entry, id: 'another' }] };
    const applied = apply(waiting, next(group.id, { type: 'message.created', message: posted }));
    expect(chatIn(applied, group.id)).toMatchObject({ unreadCount: 0, lastReadSeq: group.seq + 1 });
    expect(applied.state.outbox.map((left) => left.id)).toEqual(['another']);
  });

  it('a message of somebody else leaves my outbox alone, whatever its id', () => {
    const { state, group, next, message } = here();
    const posted = message();
    const mine = { id: posted.id, conversationId: group.id, text: 'ka pai', createdAt: '', status: 'sending' as const };
    const { state: now } = apply({ ...state, outbox: [mine] }, next(group.id, { type: 'message.created', message: posted }));
    expect(now.outbox).toEqual([mine]);
  });

  it('an event type of a newer server moves on and asks what it did (G16)', () => {
    const { state, group, next } = here();
    const strange: StreamEvent = JSON.parse(JSON.stringify({ ...next(group.id, { type: 'conversation.created' }), type: 'poll.opened' }));
    const applied = apply(state, strange);
    expect(applied.asks).toEqual([{ type: 'conversation', id: group.id }]);
    expect(chatIn(applied, group.id).seq).toBe(group.seq + 1);
  });
});

describe('a frame that does not follow', () => {
  it('L4: below or at the head it is ignored, above the next it changes nothing and asks', () => {
    const { state, group, next } = here();
    const rename = (ahead: number) => apply(state, next(group.id, { type: 'conversation.updated', name: 'x', addPolicy: 'owner' }, ahead));
    for (const ahead of [-1, 0]) expect(rename(ahead)).toEqual({ state, asks: [] });
    expect(rename(0).state).toBe(state);
    expect(rename(2)).toEqual({ state, asks: [{ type: 'conversation', id: group.id }] });
  });

  it('L4: a gap in my own stream asks for a fresh snapshot', () => {
    const { state, me, group, next } = here();
    const gap = apply(state, next(me.me.id, { type: 'pending.changed', conversationId: group.id, pending: [] }, 2));
    expect(gap).toEqual({ state, asks: [{ type: 'snapshot' }] });
  });

  it('of a conversation nothing is held of, it asks for that', () => {
    const { state, group, next } = here();
    const stranger = { ...next(group.id, { type: 'conversation.created' }), stream: 'unknown' };
    expect(apply(state, stranger)).toEqual({ state, asks: [{ type: 'conversation', id: 'unknown' }] });
  });

  it('skip steps over seqs that are not mine, without a hole in the timeline', () => {
    const { state, group } = here();
    const skip = (fromSeq: number, toSeq: number, stream = group.id) => apply(state, { type: 'skip', stream, fromSeq, toSeq });
    const { state: now } = skip(group.seq + 1, group.seq + 4);
    expect([now.conversations[group.id]?.seq, now.timelines[group.id]?.toSeq]).toEqual([group.seq + 4, group.seq + 4]);
    expect(skip(1, group.seq).state).toBe(state);
    expect(skip(group.seq - 1, group.seq + 2).state.conversations[group.id]?.seq).toBe(group.seq + 2);
    expect(skip(group.seq + 2, group.seq + 4).asks).toEqual([{ type: 'conversation', id: group.id }]);
    expect(skip(1, 4, 'unknown')).toEqual({ state, asks: [] });
  });

  it('L3: heads ask for exactly what is behind', () => {
    const { state, me, group } = here();
    const heads = (seqs: Record<string, number>) => apply(state, { type: 'heads', heads: seqs });
    expect(heads({ [group.id]: group.seq, [me.me.id]: state.userSeq, elsewhere: 9 })).toEqual({ state, asks: [] });
    expect(heads({ [group.id]: group.seq + 1 }).asks).toEqual([{ type: 'conversation', id: group.id }]);
    expect(heads({ [me.me.id]: state.userSeq + 1 }).asks).toEqual([{ type: 'snapshot' }]);
  });

  it('checkpoint says nothing, reset asks for a fresh snapshot (L1)', () => {
    const { state } = here();
    expect(apply(state, { type: 'checkpoint' })).toEqual({ state, asks: [] });
    expect(apply(state, { type: 'reset', reason: 'tooFarBehind' })).toEqual({ state, asks: [{ type: 'snapshot' }] });
  });
});

it('what an event does not touch keeps its identity', () => {
  const { state, group, next, message } = here();
  const { state: now } = apply(state, next(group.id, { type: 'message.created', message: message() }));
  expect(now.me).toBe(state.me);
  expect(now.outbox).toBe(state.outbox);
  for (const id of Object.keys(state.conversations)) {
    expect(now.conversations[id] === state.conversations[id]).toBe(id !== group.id);
    expect(now.timelines[id] === state.timelines[id]).toBe(id !== group.id);
  }
  expect(now.conversations[group.id]?.members).toBe(group.members);
});
