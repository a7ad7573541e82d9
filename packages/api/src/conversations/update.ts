import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { closeSpan, invite, openSpan, seatLookups, seatsOf, tellInviter } from './seats.ts';

export interface GroupUpdate {
  readonly conversationId: string;
  readonly actorId: string;
  /** Undefined leaves the name, null takes it away. */
  readonly name: string | null | undefined;
  readonly add: readonly { id: string; email: string | null }[];
  readonly invitations: readonly { id: string; email: string }[];
  readonly remove: readonly string[];
}

/** Name, additions and removals by the owner, all or nothing. Who is already in stays as they are (M3). */
export const groupUpdated = changeKind<GroupUpdate, { already: string[]; invited: string[] }>()({
  name: 'group.updated',
  alone: true,
  streams: (input) => [input.conversationId, input.actorId, ...input.add.map((a) => a.id), ...input.remove],
  lookups: (inputs) => ({
    conversation: lookup(
      'conversation',
      ['kind', 'name', 'closed_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.conversationId)]),
    ),
    before: lookup(
      'span',
      ['user_id'],
      ['conversation_id', 'user_id'],
      inputs.flatMap((i) => i.remove.map((id) => [bytesOf(i.conversationId), bytesOf(id)])),
    ),
    ...seatLookups(inputs.map((i) => i.conversationId)),
  }),
  facts: (found) => ({ conversation: found.conversation[0], found }),
  decide(input, { conversation, found }, draft) {
    const { conversationId, actorId } = input;
    const { active, invited, expired } = seatsOf(found, draft.now);
    const actor = active.find((a) => a.id === actorId);
    if (!conversation || !actor) throw new Refusal('NOT_FOUND');
    if (conversation.closed_at !== null) throw new Refusal('CONVERSATION_CLOSED');
    if (conversation.kind === 'direct') throw new Refusal('DIRECT_IMMUTABLE', { details: { suggest: 'group' } });
    if (actor.role !== 'owner') throw new Refusal('NOT_OWNER');

    const leaving = active.filter((a) => input.remove.includes(a.id));
    const known = new Set(found.before.map((s) => idOf(s.user_id))); // out already: no mistake, and what a rerun after a lost answer finds
    if (input.remove.some((id) => !known.has(id))) throw new Refusal('NOT_FOUND');
    if (leaving.some((l) => l.role === 'owner')) throw new Refusal('OWNER_STAYS');
    const coming = input.add.filter((a) => !active.some((m) => m.id === a.id));
    const taken = invited.filter((i) => coming.some((c) => c.email === i.email)); // they signed up by themselves: their seat waits for them
    const asked = input.invitations.filter((i) => !invited.some((v) => v.email === i.email));
    const seats = active.length - leaving.length + coming.length + invited.length - taken.length + asked.length;
    if (leaving.length > 0 && seats < limits.group.minSeats) throw new Refusal('GROUP_MIN_MEMBERS');
    if (seats > limits.group.maxSeats) throw new Refusal('GROUP_FULL', { details: { seats, max: limits.group.maxSeats } });

    if (input.name !== undefined && input.name !== conversation.name) {
      draft.update('conversation', { name: input.name }, { id: bytesOf(conversationId) });
      draft.event({ stream: conversationId, type: 'conversation.updated', actor: actorId });
    }
    for (const { id, fromSeq } of leaving) closeSpan(draft, { conversationId, userId: id, fromSeq, by: actorId, reason: 'removed' });
    for (const seat of taken) {
      const by = coming.find((c) => c.email === seat.email);
      draft.update('invitation', { open: null, accepted_by: by ? bytesOf(by.id) : null }, { id: bytesOf(seat.id) });
    }
    for (const { id } of coming) openSpan(draft, { conversationId, userId: id, role: 'member', addedBy: actorId, founder: false });
    for (const { id } of expired.filter((e) => asked.some((a) => a.email === e.email)))
      draft.update('invitation', { open: null }, { id: bytesOf(id) });
    for (const { id, email } of asked) invite(draft, { invitationId: id, conversationId, inviterId: actorId, email });
    if (asked.length > 0 || taken.some((t) => t.inviter === actorId)) tellInviter(draft, actorId, conversationId);
    return { already: input.add.filter((a) => !coming.includes(a)).map((a) => a.id), invited: input.invitations.map((i) => i.email) };
  },
});
