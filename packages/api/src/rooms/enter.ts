import { Refusal } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import type { Services } from '../services.ts';

export interface Entering {
  readonly roomId: string;
  readonly userId: string;
  /** The version of the password that was checked. */
  readonly version: number;
}

/** Q3: a grant for as long as the password stays the same. A password that changed while it was checked opens nothing. */
export const roomEntered = changeKind<Entering, void>()({
  name: 'room.entered',
  alone: true,
  streams: (input) => [input.roomId, input.userId],
  lookups: (inputs) => ({
    room: lookup(
      'conversation',
      ['password_version', 'closed_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.roomId)]),
    ),
    denied: lookup(
      'room_access',
      ['list'],
      ['conversation_id', 'user_id'],
      inputs.map((i) => [bytesOf(i.roomId), bytesOf(i.userId)]),
    ),
  }),
  facts: (found) => ({ room: found.room[0], denied: found.denied[0]?.list === 'deny' }),
  decide(input, { room, denied }, draft) {
    if (!room || room.closed_at !== null) throw new Refusal('NOT_FOUND');
    if (denied) throw new Refusal('ROOM_ACCESS_DENIED');
    if (room.password_version !== input.version) throw new Refusal('ROOM_PASSWORD_WRONG');
    draft.insert(
      'member_state',
      { user_id: bytesOf(input.userId), conversation_id: bytesOf(input.roomId), granted_version: input.version },
      { set: ['granted_version'] },
    );
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
