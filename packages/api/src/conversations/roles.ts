import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';

interface Stay {
  readonly id: string;
  readonly fromSeq: number;
}

/** Gives the ownership to another member, under the lock: there is one owner before and one after. */
export function handOver(draft: Draft, conversationId: string, from: Stay, to: Stay): void {
  setRole(draft, conversationId, from, 'member');
  crown(draft, conversationId, from.id, to);
}

/** Puts whoever hands a room over on its list, so that they do not shut themselves out. */
export function letIn(draft: Draft, roomId: string, userId: string): void {
  const key = { conversation_id: bytesOf(roomId), user_id: bytesOf(userId) };
  const values = { list: 'allow', added_by: bytesOf(userId), added_at: draft.now };
  draft.insert('room_access', { ...key, ...values }, { set: ['list', 'added_by', 'added_at'] });
  draft.event({ stream: roomId, type: 'access.changed', actor: userId, subject: userId });
}

/** Makes somebody the owner of a group that has none at this moment. */
export function crown(draft: Draft, conversationId: string, by: string, heir: Stay): void {
  draft.update('conversation', { owner_id: bytesOf(heir.id) }, { id: bytesOf(conversationId) });
  setRole(draft, conversationId, heir, 'owner');
  draft.event({ stream: conversationId, type: 'owner.changed', actor: by, subject: heir.id });
}

function setRole(draft: Draft, conversationId: string, stay: Stay, role: 'owner' | 'admin' | 'member'): void {
  const key = { conversation_id: bytesOf(conversationId), user_id: bytesOf(stay.id), from_seq: stay.fromSeq };
  draft.update('span', { role }, key);
}

/** The owner makes a member an admin, or an admin a member again. Nobody's role reaches the owner's this way. */
export const roleChanged = changeKind<{ conversationId: string; actorId: string; userId: string; role: 'admin' | 'member' }, void>()({
  name: 'role.changed',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    conversation: lookup(
      'conversation',
      ['kind', 'closed_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.conversationId)]),
    ),
    stays: lookup(
      'span',
      ['user_id', 'role', 'from_seq'],
      ['conversation_id', 'user_id', 'open'],
      inputs.flatMap((i) => [i.actorId, i.userId].map((id) => [bytesOf(i.conversationId), bytesOf(id), 1])),
    ),
  }),
  facts: (found) => found,
  decide(input, { conversation: [conversation], stays }, draft) {
    const { conversationId, actorId, userId, role } = input;
    const stayOf = (id: string) => stays.find((s) => idOf(s.user_id) === id);
    const actor = stayOf(actorId);
    if (!conversation || !actor) throw new Refusal('NOT_FOUND');
    if (conversation.closed_at !== null) throw new Refusal('CONVERSATION_CLOSED');
    if (conversation.kind === 'direct') throw new Refusal('DIRECT_IMMUTABLE', { details: { suggest: 'forkToGroup' } });
    if (actor.role !== 'owner') throw new Refusal('NOT_OWNER');
    const stay = stayOf(userId);
    if (!stay) throw new Refusal('NOT_FOUND');
    if (stay.role === 'owner') throw new Refusal('OWNER_STAYS');
    if (stay.role === role) return;
    setRole(draft, conversationId, { id: userId, fromSeq: Number(stay.from_seq) }, role);
    draft.event({ stream: conversationId, type: 'member.roleChanged', actor: actorId, subject: userId, number: role === 'admin' ? 1 : 0 });
  },
});
