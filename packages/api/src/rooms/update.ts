import { onlyShut, Refusal, type RoomAccess, type RoomHistory, roomNameKey } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { managed, manageLookups } from './manage.ts';

export interface RoomUpdate {
  readonly roomId: string;
  readonly actorId: string;
  readonly name?: string | undefined;
  readonly access?: RoomAccess | undefined;
  readonly history?: RoomHistory | undefined;
  readonly listed?: boolean | undefined;
  /** A new one voids every grant of the old (Q3). */
  readonly passwordHash?: string | undefined;
}

/**
 * Q3, Q4: name, rules and password, all of it or nothing. Lists, messages and stays are as they were (H5); who is no longer entitled is cut
 * off by the event, and so is who listens without being in a room that shows only what follows.
 */
export const roomUpdated = changeKind<RoomUpdate, void>()({
  name: 'room.updated',
  alone: true,
  streams: (input) => [input.roomId],
  lookups: (inputs) => ({
    ...manageLookups(inputs),
    named: lookup(
      'conversation',
      ['id'],
      ['name_key'],
      inputs.flatMap((i) => (i.name === undefined ? [] : [[roomNameKey(i.name)]])),
    ),
  }),
  facts: (found) => found,
  decide(input, found, draft) {
    const room = managed(found, input);
    const id = bytesOf(input.roomId);
    const access = input.access ?? room.access;
    const hasPassword = input.passwordHash !== undefined;
    if (hasPassword && access !== 'password') throw new Refusal('BAD_INPUT', { fields: { password: 'is for rooms with a password' } });
    if (access === 'password' && room.access !== 'password' && !hasPassword)
      throw new Refusal('BAD_INPUT', { fields: { password: 'must be given with this access' } });
    if (access === 'public' && (input.history ?? room.history) !== 'all') throw new Refusal('BAD_INPUT', { fields: { history: onlyShut } });
    const { named } = found;
    if (named[0] && !named[0].id.equals(id)) throw new Refusal('ROOM_NAME_TAKEN', { fields: { name: 'is taken' } });

    if (input.name !== undefined) {
      draft.update('conversation', { name: input.name, name_key: roomNameKey(input.name) }, { id });
      draft.event({ stream: input.roomId, type: 'conversation.updated', actor: input.actorId });
    }
    if (input.listed !== undefined) draft.update('conversation', { listed: input.listed ? 1 : 0 }, { id });
    if (input.passwordHash !== undefined) {
      draft.update('conversation', { password_hash: input.passwordHash, password_version: room.password_version + 1 }, { id });
    }
    if (input.access !== undefined && input.access !== 'password' && room.access === 'password')
      draft.update('conversation', { password_hash: null, password_version: room.password_version + 1 }, { id });
    if (input.access !== undefined) draft.update('conversation', { access: input.access }, { id });
    if (input.history !== undefined) draft.update('conversation', { history: input.history }, { id });
    const other = { access: input.access ?? room.access, history: input.history ?? room.history };
    if (hasPassword || other.access !== room.access || other.history !== room.history)
      draft.event({ stream: input.roomId, type: 'access.changed', actor: input.actorId });
  },
});
