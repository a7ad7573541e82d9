import { Refusal, type RoomAccess, type RoomHistory, roomNameKey } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { openSpan } from '../conversations/seats.ts';

export interface NewRoom {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly access: RoomAccess;
  readonly history: RoomHistory;
  readonly listed: boolean;
  readonly passwordHash: string | null;
}

/** C9: a name is one room's, unlisted ones included. Two at once meet at the unique key; the one that lost reruns and is told. */
export const roomCreated = changeKind<NewRoom, void>()({
  name: 'room.created',
  alone: true,
  streams: (input) => [input.id, input.ownerId],
  lookups: (inputs) => ({
    named: lookup(
      'conversation',
      ['id'],
      ['name_key'],
      inputs.map((i) => [roomNameKey(i.name)]),
    ),
  }),
  facts: (found) => found.named[0],
  decide(input, named, draft) {
    if (named && idOf(named.id) === input.id) return; // a rerun after a lost answer
    if (named) throw new Refusal('ROOM_NAME_TAKEN', { fields: { name: 'is taken' } });
    draft.insert('conversation', {
      id: bytesOf(input.id),
      kind: 'room',
      name: input.name,
      name_key: roomNameKey(input.name),
      owner_id: bytesOf(input.ownerId),
      direct_key: null,
      created_at: draft.now,
      closed_at: null,
      access: input.access,
      history: input.history,
      listed: input.listed ? 1 : 0,
      password_hash: input.passwordHash,
      password_version: 1,
    });
    draft.event({ stream: input.id, type: 'conversation.created', actor: input.ownerId });
    openSpan(draft, { conversationId: input.id, room: true, userId: input.ownerId, role: 'owner', addedBy: input.ownerId, founder: true });
  },
});
