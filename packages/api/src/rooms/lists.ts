import { Refusal } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { enters, entryFacts } from '../messages/entry.ts';
import { endStay, joiningLookups, joinRoom } from './follow.ts';
import { managed, manageLookups } from './manage.ts';

export interface Listing {
  readonly roomId: string;
  readonly actorId: string;
  readonly userId: string;
  readonly list: 'allow' | 'deny';
  readonly on: boolean;
}

/**
 * Q2: puts somebody on a list or takes them off; the same again changes nothing. One is on one list at most: the newer word holds.
 * Who is denied loses their place in the room at once; the owner cannot be denied.
 */
export const roomListed = changeKind<Listing, void>()({
  name: 'room.listed',
  alone: true,
  streams: (input) => [input.roomId, input.userId],
  lookups: (inputs) => {
    return {
      ...manageLookups(inputs),
      ...joiningLookups(inputs),
      person: lookup(
        'user',
        ['id', 'deleted_at'],
        ['id'],
        inputs.map((i) => [bytesOf(i.userId)]),
      ),
    };
  },
  facts: (found) => ({ ...found, entry: entryFacts(found) }),
  decide(input, found, draft) {
    const room = managed(found, input);
    const before = found.listed[0]?.list;
    const { roomId, userId, actorId } = input;
    const key = { conversation_id: bytesOf(roomId), user_id: bytesOf(userId) };
    const stay = found.stay[0];
    const mode = { fromJoin: room.history === 'fromJoin', shut: room.access === 'allowlist' };
    if (!input.on) {
      if (before !== input.list) return;
      draft.delete('room_access', key);
      // H2: what is said until they are let in again is not theirs.
      if (input.list === 'allow' && mode.fromJoin && mode.shut && stay?.role === 'member')
        endStay(draft, { roomId, userId, fromSeq: Number(stay.from_seq), by: actorId, reason: 'removed' });
      draft.event({ stream: roomId, type: 'access.changed', actor: actorId, subject: userId });
      return;
    }
    if (!found.person[0] || found.person[0].deleted_at !== null) throw new Refusal('NOT_FOUND');
    if (input.list === 'deny' && userId === room.ownerId) throw new Refusal('OWNER_STAYS');
    if (before === input.list) return;
    draft.insert(
      'room_access',
      { ...key, list: input.list, added_by: bytesOf(actorId), added_at: draft.now },
      { set: ['list', 'added_by', 'added_at'] },
    );
    draft.event({ stream: roomId, type: 'access.changed', actor: actorId, subject: userId });
    const lapsed = !enters(found.entry, { conversationId: roomId, userId, room: true });
    if (input.list === 'deny' && stay) endStay(draft, { roomId, userId, fromSeq: Number(stay.from_seq), by: actorId, reason: 'removed' });
    // Followers whose room comes back hear of it on their own stream: they left the room's when they were cut off.
    else if (stay && mode.fromJoin && lapsed)
      joinRoom(draft, { roomId, userId, history: room.history, stay, lapsed, readSeq: Number(found.marks[0]?.last_read_seq ?? 0) });
    else if (input.list === 'allow' && stay)
      draft.event({ stream: userId, type: 'you.added', actor: actorId, subject: roomId, number: Number(stay.from_seq) });
  },
});
