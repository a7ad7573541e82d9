import { Refusal } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { entryFacts, entryLookups, mayEnterNow } from '../messages/entry.ts';
import { followersMoved } from './followers.ts';

export interface Following {
  readonly roomId: string;
  readonly userId: string;
}

const own = (inputs: readonly Following[]) => ({
  stay: lookup(
    'span',
    ['from_seq', 'role'],
    ['conversation_id', 'user_id', 'open'],
    inputs.map((i) => [bytesOf(i.roomId), bytesOf(i.userId), 1]),
  ),
});

/**
 * Ends a stay in a room. Only the person themselves is told: a room's stream does not carry who comes and goes, which would be
 * ten thousand events to ten thousand people.
 */
export function endStay(
  draft: Draft,
  stay: { roomId: string; userId: string; fromSeq: number; by: string; reason: 'left' | 'removed' },
): void {
  const { roomId, userId, fromSeq, by, reason } = stay;
  const key = { conversation_id: bytesOf(roomId), user_id: bytesOf(userId), from_seq: fromSeq };
  draft.update('span', { to_seq: draft.head(roomId), open: null, end_reason: reason }, key);
  followersMoved(draft, roomId, -1);
  draft.event({ stream: userId, type: 'you.removed', actor: by, subject: roomId, number: reason === 'left' ? 0 : 1 });
}

/** What has to be known of somebody who joins: their stay, and how far they have read. */
export const joiningLookups = (inputs: readonly Following[]) => ({
  ...entryLookups(inputs.map((i) => ({ conversationId: i.roomId, userId: i.userId, room: true }))),
  ...own(inputs),
  marks: lookup(
    'member_state',
    ['last_read_seq'],
    ['user_id', 'conversation_id'],
    inputs.map((i) => [bytesOf(i.userId), bytesOf(i.roomId)]),
  ),
});

export interface Joining extends Following {
  /** What is said from the joining on, rather than all of it (H1). */
  readonly history: string;
  readonly stay: { readonly from_seq: number } | undefined;
  /** They could not enter until now: what was said since they were last here is not theirs. */
  readonly lapsed: boolean;
  readonly readSeq: number;
}

/**
 * Opens a stay in a room, or a new one for whoever was shut out meanwhile: of the one before, what they have read stays theirs, because
 * nobody noted when the door was shut on them. Another `history` holds for stays that are opened from then on (H5).
 */
export function joinRoom(draft: Draft, { roomId, userId, history, stay, lapsed, readSeq }: Joining): void {
  const whose = { conversation_id: bytesOf(roomId), user_id: bytesOf(userId) };
  if (stay && !lapsed) return;
  if (stay) {
    const from_seq = Number(stay.from_seq);
    draft.update('span', { to_seq: Math.max(readSeq, from_seq - 1), open: null, end_reason: 'removed' }, { ...whose, from_seq });
  } else followersMoved(draft, roomId, 1);
  const fromSeq = history === 'fromJoin' ? draft.head(roomId) + 1 : 0;
  const begun = { open: 1, to_seq: null, role: 'member', added_by: bytesOf(userId), joined_at: draft.now, end_reason: null };
  draft.insert('span', { ...whose, from_seq: fromSeq, ...begun }, { set: Object.keys(begun) });
  draft.event({ stream: userId, type: 'you.added', actor: userId, subject: roomId, number: fromSeq });
}

/** A room that I follow stands among my conversations. Whoever may enter may follow; the same again changes nothing. */
export const roomFollowed = changeKind<Following, void>()({
  name: 'room.followed',
  alone: true,
  streams: (input) => [input.roomId, input.userId],
  lookups: joiningLookups,
  facts: (found) => ({ ...entryFacts(found), stay: found.stay[0] }),
  decide({ roomId, userId }, facts, draft) {
    mayEnterNow(facts, { conversationId: roomId, userId, room: true });
    const history = facts.conversations.get(roomId)?.history ?? 'all';
    joinRoom(draft, { roomId, userId, history, stay: facts.stay, lapsed: false, readSeq: 0 });
  },
});

/** M12: leaving a room is no more than this; reading and writing go on. Its owner stays until somebody else owns it. */
export const roomUnfollowed = changeKind<Following, void>()({
  name: 'room.unfollowed',
  alone: true,
  streams: (input) => [input.roomId, input.userId],
  lookups: own,
  facts: (found) => found.stay[0],
  decide({ roomId, userId }, stay, draft) {
    if (!stay) return;
    if (stay.role === 'owner') throw new Refusal('OWNER_STAYS');
    endStay(draft, { roomId, userId, fromSeq: Number(stay.from_seq), by: userId, reason: 'left' });
  },
});
