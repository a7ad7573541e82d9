import { Refusal } from '@koreromai/contract';
import { bytesOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { managed, manageLookups } from './manage.ts';

/** D-del4: closes a room for everyone, by its owner or an admin of the site. Its name is free again. */
export const roomClosed = changeKind<{ roomId: string; actorId: string }, void>()({
  name: 'room.closed',
  alone: true,
  streams: (input) => [input.roomId],
  lookups: manageLookups,
  facts: (found) => found,
  decide(input, found, draft) {
    const room = managed(found, input);
    if (room.ownerId !== input.actorId && found.staff[0]?.role !== 'admin') throw new Refusal('NOT_OWNER');
    const id = bytesOf(input.roomId);
    draft.update('conversation', { closed_at: draft.now, closed_by: bytesOf(input.actorId), name_key: null }, { id });
    draft.event({ stream: input.roomId, type: 'conversation.closed', actor: input.actorId });
  },
});
