import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';

interface Acting {
  readonly roomId: string;
  readonly actorId: string;
}

/** What decides who may change a room, read under its lock. */
export const manageLookups = (inputs: readonly Acting[]) => ({
  rooms: lookup(
    'conversation',
    ['id', 'kind', 'owner_id', 'closed_at', 'name_key', 'access', 'history', 'listed', 'password_version'],
    ['id'],
    inputs.map((i) => [bytesOf(i.roomId)]),
  ),
  roles: lookup(
    'span',
    ['role'],
    ['conversation_id', 'user_id', 'open'],
    inputs.map((i) => [bytesOf(i.roomId), bytesOf(i.actorId), 1]),
  ),
  staff: lookup(
    'user',
    ['role'],
    ['id'],
    inputs.map((i) => [bytesOf(i.actorId)]),
  ),
});

interface RoomFacts {
  readonly id: Buffer;
  readonly kind: string;
  readonly owner_id: Buffer | null;
  readonly closed_at: number | null;
  readonly name_key: string | null;
  readonly access: string | null;
  readonly history: string;
  readonly listed: number | null;
  readonly password_version: number;
}

interface Found {
  readonly rooms: readonly RoomFacts[];
  readonly roles: readonly { role: string }[];
  readonly staff: readonly { role: string }[];
}

/** §2.4: a room is managed by its owner, its admins and the site's moderators. Throws what everybody else is told. */
export function managed(found: Found, input: Acting): RoomFacts & { readonly ownerId: string | null } {
  const [room] = found.rooms;
  if (room?.kind !== 'room') throw new Refusal('NOT_FOUND');
  if (room.closed_at !== null) throw new Refusal('CONVERSATION_CLOSED');
  const ownerId = room.owner_id === null ? null : idOf(room.owner_id);
  const leads = ownerId === input.actorId || (found.roles[0]?.role ?? 'member') !== 'member';
  const staff = (found.staff[0]?.role ?? 'user') !== 'user';
  if (!leads && !staff) throw new Refusal('FORBIDDEN');
  return { ...room, ownerId };
}
