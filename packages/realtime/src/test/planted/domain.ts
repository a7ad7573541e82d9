import { type Message, Refusal, type StreamEvent, type User } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '../../lane/change.ts';
import type { LogEvent } from '../../log/event.ts';

export interface Post {
  id: string;
  conversationId: string;
  userId: string;
  text: string;
}
export interface Move {
  conversationId: string;
  userId: string;
}

const at = '2026-11-21T00:00:00.000Z';
const openSpans = (pairs: readonly Move[]) =>
  lookup(
    'span',
    ['conversation_id', 'user_id', 'from_seq'],
    ['conversation_id', 'user_id', 'open'],
    pairs.map((p) => [bytesOf(p.conversationId), bytesOf(p.userId), 1]),
  );
const keyOf = (span: { conversation_id: Buffer; user_id: Buffer }) => `${idOf(span.conversation_id)} ${idOf(span.user_id)}`;

type Facts = { repeats: ReadonlyMap<string, number>; members: Pick<ReadonlySet<string>, 'has'> };

/** The least of a post: a repeat is answered with the original, a stranger is refused. */
export const post = changeKind<Post, { seq: number }>()({
  name: 'post',
  alone: false,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    repeats: lookup(
      'message',
      ['id', 'seq'],
      ['id'],
      inputs.map((i) => [bytesOf(i.id)]),
    ),
    spans: openSpans(inputs),
  }),
  facts: ({ repeats, spans }): Facts => ({ repeats: new Map(repeats.map((m) => [idOf(m.id), m.seq])), members: new Set(spans.map(keyOf)) }),
  decide(input, { repeats, members }, draft) {
    const before = repeats.get(input.id);
    if (before !== undefined) return { seq: before };
    if (!members.has(`${input.conversationId} ${input.userId}`)) throw new Refusal('NOT_FOUND');
    const seq = draft.event({
      stream: input.conversationId,
      type: 'message.created',
      actor: input.userId,
      subject: input.id,
      view: (place) => ({ ...place, type: 'message.created', message: messageView(input, place.seq) }),
    });
    const [id, conversation_id, author_id] = [input.id, input.conversationId, input.userId].map(bytesOf) as [Buffer, Buffer, Buffer];
    const times = { created_at: draft.now, updated_at: draft.now, edited_at: null, deleted_at: null };
    draft.insert('message', { id, conversation_id, seq, author_id, text: input.text, version: 1, ...times });
    draft.insert('counter', { conversation_id, bucket: 0, author_id, messages: 1 }, { add: ['messages'] });
    return { seq };
  },
});

const insideOf = (inside: ReadonlyMap<string, ReadonlySet<string>>) => ({
  inside,
  members: { has: (key: string) => inside.get(key.split(' ')[0] ?? '')?.has(key) ?? false },
});

/** The same that holds on to who is there, and need not wait for locks then. */
export const heldPost = changeKind<Post, { seq: number }, ReadonlySet<string>>()({
  name: 'heldPost',
  alone: false,
  streams: post.streams,
  lookups: (inputs, known) => ({
    repeats: post.lookups(inputs, new Map<string, never>()).repeats,
    spans: lookup(
      'span',
      ['conversation_id', 'user_id', 'from_seq'],
      ['conversation_id', 'open'],
      [...new Set(inputs.map((i) => i.conversationId))].filter((id) => !known.has(id)).map((id) => [bytesOf(id), 1]),
    ),
  }),
  facts({ repeats, spans }, _inputs, known) {
    const inside = new Map(known);
    for (const span of spans) {
      const id = idOf(span.conversation_id);
      inside.set(id, new Set(inside.get(id)).add(keyOf(span)));
    }
    return { repeats: new Map(repeats.map((m) => [idOf(m.id), m.seq])), ...insideOf(inside) };
  },
  holds: ({ inside }) => inside,
  ahead: { fits: () => true, facts: (known) => ({ repeats: new Map<string, number>(), ...insideOf(known) }) },
  decide: (input, facts, draft) => post.decide(input, facts, draft),
});

/** Puts a person in, or takes them out if they are in. */
export const turnAbout = changeKind<Move, void>()({
  name: 'turnAbout',
  alone: true,
  streams: (input) => [input.conversationId, input.userId],
  lookups: (inputs) => ({ spans: openSpans(inputs) }),
  facts: ({ spans }) => spans,
  decide({ conversationId, userId }, [span], draft) {
    const [conversation_id, user_id] = [bytesOf(conversationId), bytesOf(userId)];
    const type = span ? 'member.removed' : 'member.added';
    const seq = draft.event({ stream: conversationId, type, subject: userId });
    draft.event({ stream: userId, type: span ? 'you.removed' : 'you.added', subject: conversationId });
    if (span) draft.update('span', { to_seq: seq, open: null }, { conversation_id, user_id, from_seq: span.from_seq });
    else {
      const stay = { from_seq: seq, to_seq: null, open: 1, role: 'member', added_by: null, joined_at: draft.now, end_reason: null };
      draft.insert('span', { conversation_id, user_id, ...stay });
    }
    draft.insert('room_count', { conversation_id, followers: span ? -1 : 1 }, { add: ['followers'] });
  },
});

const person = (id: string): User => ({ id, username: 'ana', name: 'Ana', bio: '', avatarUrl: null, bot: false, createdAt: at });
const messageView = (p: Post, seq: number): Message => {
  const times = { createdAt: at, updatedAt: at, editedAt: null };
  return {
    id: p.id,
    conversationId: p.conversationId,
    seq,
    author: person(p.userId),
    text: p.text,
    version: 1,
    deleted: false,
    replyTo: null,
    mentions: [],
    attachments: [],
    reactions: [],
    likeCount: 0,
    likedByMe: false,
    pinned: false,
    ...times,
  };
};

/** What an event looks like on the wire; `stored` is the message it tells of. */
export function viewOf(event: LogEvent, stored: Post | undefined): StreamEvent | null {
  const place = { stream: event.stream, seq: event.seq, at };
  const subject = event.subject ?? '';
  if (event.type === 'message.created') return stored ? { ...place, type: event.type, message: messageView(stored, event.seq) } : null;
  if (event.type === 'member.added')
    return { ...place, type: event.type, member: { user: person(subject), role: 'member', joinedAt: at, addedBy: null }, seats: 3 };
  if (event.type === 'member.removed') return { ...place, type: event.type, userId: subject, removedBy: event.actor, seats: 3 };
  if (event.type === 'you.removed') return { ...place, type: event.type, conversationId: subject, reason: 'removed' };
  if (event.type !== 'you.added') return { ...place, type: 'conversation.created' };
  const people = { owner: null, members: [], pending: [], seats: 3, myRole: 'member' as const };
  const counts = { seq: 0, unreadCount: 0, mentionCount: 0, lastReadSeq: 0, lastMessage: null, state: 'open' as const };
  const mine = { addPolicy: 'owner' as const, notifications: { level: 'all' as const, mutedUntil: null }, hidden: false, access: null };
  return {
    ...place,
    type: event.type,
    conversation: { id: subject, kind: 'group', name: null, createdAt: at, ...people, ...counts, ...mine },
  };
}
