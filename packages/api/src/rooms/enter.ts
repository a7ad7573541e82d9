import { Refusal } from '@koreromai/contract';
import { bytesOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { enters, entryFacts } from '../messages/entry.ts';
import type { Services } from '../services.ts';
import { joiningLookups, joinRoom } from './follow.ts';

export interface Entering {
  readonly roomId: string;
  readonly userId: string;
  /** The version of the password that was checked. */
  readonly version: number;
}

/**
 * Q3: a grant for as long as the password stays the same. A password that changed while it was checked opens nothing. Where a room shows
 * what is said since joining, entering is joining.
 */
export const roomEntered = changeKind<Entering, void>()({
  name: 'room.entered',
  alone: true,
  streams: (input) => [input.roomId, input.userId],
  lookups: joiningLookups,
  facts: (found) => ({ ...entryFacts(found), stay: found.stay[0], readSeq: Number(found.marks[0]?.last_read_seq ?? 0) }),
  decide({ roomId, userId, version }, facts, draft) {
    const room = facts.conversations.get(roomId);
    if (!room || room.closed_at !== null) throw new Refusal('NOT_FOUND');
    if (facts.listed.get(`${roomId} ${userId}`)?.list === 'deny') throw new Refusal('ROOM_ACCESS_DENIED');
    if (room.password_version !== version) throw new Refusal('ROOM_PASSWORD_WRONG');
    const lapsed = !enters(facts, { conversationId: roomId, userId, room: true });
    draft.insert(
      'member_state',
      { user_id: bytesOf(userId), conversation_id: bytesOf(roomId), granted_version: version },
      { set: ['granted_version'] },
    );
    const { stay, readSeq } = facts;
    if (room.history === 'fromJoin') joinRoom(draft, { roomId, userId, history: room.history, stay, lapsed, readSeq });
  },
});

/** Being in a room, by reading or writing there, moves it up in `sort=recent`. Nobody else is told. */
const roomVisited = changeKind<{ roomId: string; userId: string }, void>()({
  name: 'room.visited',
  alone: false,
  streams: (input) => [input.userId],
  lookups: () => ({}),
  facts: () => null,
  decide(input, _facts, draft) {
    draft.insert(
      'member_state',
      { user_id: bytesOf(input.userId), conversation_id: bytesOf(input.roomId), visited_at: draft.now },
      { set: ['visited_at'] },
    );
  },
});

/** Notes a visit to a room. */
export const visit = ({ lane }: Pick<Services, 'lane'>, roomId: string, userId: string): Promise<void> =>
  lane.change(roomVisited, { roomId, userId });
