import { Refusal } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';

interface Acting {
  readonly conversationId: string;
  readonly actorId: string;
}

/** What decides, under the chat's lock, who may say which other systems write there and hear of it. */
export const tendingLookups = (inputs: readonly Acting[]) => ({
  conversation: lookup(
    'conversation',
    ['kind', 'closed_at'],
    ['id'],
    inputs.map((i) => [bytesOf(i.conversationId)]),
  ),
  role: lookup(
    'span',
    ['role'],
    ['conversation_id', 'user_id', 'open'],
    inputs.map((i) => [bytesOf(i.conversationId), bytesOf(i.actorId), 1]),
  ),
  staff: lookup(
    'user',
    ['role'],
    ['id'],
    inputs.map((i) => [bytesOf(i.actorId)]),
  ),
});

interface Found {
  readonly conversation: readonly { kind: string; closed_at: number | null }[];
  readonly role: readonly { role: string }[];
  readonly staff: readonly { role: string }[];
}

/** Owner and admins of a group or a room, of a room also the site's moderators. Gives the kind; throws what everybody else is told. */
export function tends({ conversation: [conversation], role: [role], staff: [staff] }: Found): 'group' | 'room' {
  if (!conversation) throw new Refusal('NOT_FOUND');
  if (conversation.closed_at !== null) throw new Refusal('CONVERSATION_CLOSED');
  const kind = conversation.kind === 'room' ? 'room' : 'group';
  mayTend(conversation.kind, role?.role ?? null, staff?.role ?? 'user');
  return kind;
}

/** The same rule outside of a change. `role` is null for who is not in the room. */
export function mayTend(kind: string, role: string | null, site: string): void {
  if (kind === 'direct') throw new Refusal('DIRECT_IMMUTABLE');
  if (role === 'owner' || role === 'admin' || (kind === 'room' && site !== 'user')) return;
  throw new Refusal(kind === 'group' ? 'NOT_ADMIN' : 'FORBIDDEN');
}
