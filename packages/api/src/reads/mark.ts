import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

interface Marking {
  readonly userId: string;
  readonly conversationId: string;
  readonly seq: number;
}

const markLookups = (inputs: readonly Marking[]) => ({
  states: lookup(
    'member_state',
    ['user_id', 'conversation_id', 'last_read_seq', 'unread_seq', 'unread_at'],
    ['user_id', 'conversation_id'],
    inputs.map((i) => [bytesOf(i.userId), bytesOf(i.conversationId)]),
  ),
  heads: lookup(
    'stream',
    ['id', 'seq'],
    ['id'],
    [...new Set(inputs.map((i) => i.conversationId))].map((id) => [bytesOf(id)]),
  ),
});

interface Mark {
  /** How far they ever read: what others may be shown (N2). It only grows. */
  readonly read: number;
  /** Marked as unread by hand: what counts instead, and the head then. */
  readonly unread: { readonly seq: number; readonly at: number } | null;
}

interface Found {
  readonly states: readonly {
    user_id: Buffer;
    conversation_id: Buffer;
    last_read_seq: number;
    unread_seq: number | null;
    unread_at: number | null;
  }[];
  readonly heads: readonly { id: Buffer; seq: number }[];
}

const markFacts = (found: Found) => ({
  marks: new Map(
    found.states.map((s): [string, Mark] => {
      const unread = s.unread_seq === null ? null : { seq: Number(s.unread_seq), at: Number(s.unread_at ?? 0) };
      return [`${idOf(s.user_id)} ${idOf(s.conversation_id)}`, { read: Number(s.last_read_seq), unread }];
    }),
  ),
  heads: new Map(found.heads.map((h) => [idOf(h.id), Number(h.seq)])),
});

const rowOf = ({ userId, conversationId }: Marking) => ({ user_id: bytesOf(userId), conversation_id: bytesOf(conversationId) });
const keyOf = ({ userId, conversationId }: Marking) => `${userId} ${conversationId}`;
const unread: Mark = { read: 0, unread: null };

/**
 * N1: by reading, the mark only grows, and never beyond what is there. Told on the reader's own stream, so all their devices agree.
 * `moved`: how far they have ever read now, if that moved.
 */
export const readMoved = changeKind<Marking, { moved: number | null }>()({
  name: 'read.moved',
  alone: false,
  streams: (input) => [input.userId],
  lookups: markLookups,
  facts: markFacts,
  decide(input, facts, draft) {
    const before = facts.marks.get(keyOf(input)) ?? unread;
    const seq = Math.min(input.seq, facts.heads.get(input.conversationId) ?? 0);
    if (seq <= (before.unread?.seq ?? before.read)) return { moved: null };
    draft.event({ stream: input.userId, type: 'read.moved', actor: input.userId, subject: input.conversationId, number: seq });
    if (before.unread !== null && seq < before.unread.at) {
      const read = Math.max(before.read, seq);
      draft.insert('member_state', { ...rowOf(input), last_read_seq: read, unread_seq: seq }, { set: ['last_read_seq', 'unread_seq'] });
      facts.marks.set(keyOf(input), { read, unread: { ...before.unread, seq } });
      return { moved: read > before.read ? read : null };
    }
    const row = { last_read_seq: seq, unread_seq: null, unread_at: null };
    draft.insert('member_state', { ...rowOf(input), ...row }, { set: Object.keys(row) });
    facts.marks.set(keyOf(input), { read: seq, unread: null });
    return { moved: seq };
  },
});

/**
 * UI6: by hand, everything from `seq` on counts as unread again, on all devices, until it is read or answered. Nobody else is told:
 * what they know of my reading stays. The same again changes nothing, and what is not there yet cannot be marked.
 */
export const unreadMarked = changeKind<Marking, void>()({
  name: 'unread.marked',
  alone: false,
  streams: (input) => [input.userId],
  lookups: markLookups,
  facts: markFacts,
  decide(input, facts, draft) {
    const before = facts.marks.get(keyOf(input)) ?? unread;
    const at = facts.heads.get(input.conversationId) ?? 0;
    const seq = input.seq - 1;
    if (seq >= at || (before.unread?.seq === seq && before.unread.at === at)) return;
    draft.insert('member_state', { ...rowOf(input), unread_seq: seq, unread_at: at }, { set: ['unread_seq', 'unread_at'] });
    draft.event({ stream: input.userId, type: 'unread.marked', actor: input.userId, subject: input.conversationId, number: seq });
    facts.marks.set(keyOf(input), { ...before, unread: { seq, at } });
  },
});
