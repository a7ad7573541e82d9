import { type AddPolicy, limits, Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type MessagingPolicy, mayAdd, reachLookups, reachOf } from '../circles/reach.ts';
import { addressLookup, mailInvitation } from '../invitations/mail.ts';
import { addPolicyOf, mayManage, mayRemove } from './rights.ts';
import { handOver, letIn } from './roles.ts';
import { closeSpan, invite, openSpan, seatLookups, seatsOf, tellInviter, withdrawInvitations } from './seats.ts';
import { roleOf } from './view.ts';

export interface GroupUpdate {
  readonly conversationId: string;
  readonly actorId: string;
  /** Undefined leaves the name, null takes it away. */
  readonly name?: string | null | undefined;
  readonly add?: readonly { id: string; email: string | null; as: readonly string[] }[];
  readonly invitations?: readonly { id: string; email: string }[];
  readonly remove?: readonly string[];
  /** The new owner, one of the members. */
  readonly ownerId?: string | undefined;
  readonly addPolicy?: AddPolicy | undefined;
  readonly policy: MessagingPolicy;
  readonly tried: Tried;
}

/** What an earlier try of the same request drafted. After a lost answer the rerun knows its own deeds by it. */
export interface Tried {
  /** The actor was the owner when the request was first decided. */
  asOwner: boolean;
  /** Person → the stay that was opened for them. */
  readonly stays: Map<string, { fromSeq: number; at: number }>;
}
export const untried = (): Tried => ({ asOwner: false, stays: new Map() });

/** Name, additions, removals, owner and policy: all or nothing. Who is already in stays as they are (M3). */
export const groupUpdated = changeKind<GroupUpdate, { already: string[] }>()({
  name: 'group.updated',
  alone: true,
  streams: (input) => [input.conversationId, input.actorId, ...(input.add ?? []).map((a) => a.id), ...(input.remove ?? [])],
  lookups: (inputs) => ({
    conversation: lookup(
      'conversation',
      ['kind', 'name', 'owner_id', 'add_policy', 'access', 'closed_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.conversationId)]),
    ),
    before: lookup(
      'span',
      ['user_id'],
      ['conversation_id', 'user_id'],
      inputs.flatMap((i) => (i.remove ?? []).map((id) => [bytesOf(i.conversationId), bytesOf(id)])),
    ),
    ...seatLookups(inputs.map((i) => i.conversationId)),
    addresses: addressLookup(inputs.flatMap((i) => (i.invitations ?? []).map(({ email }) => email))),
    ...reachLookups(inputs.map(({ actorId, conversationId, add = [] }) => ({ actorId, conversationId, people: add.map((a) => a.id) }))),
  }),
  facts: (found) => ({ conversation: found.conversation[0], reach: reachOf(found), found }),
  decide(input, { conversation, reach, found }, draft) {
    const { conversationId, actorId, tried, add = [], invitations = [], remove = [] } = input;
    const seated = seatsOf(found, draft.now);
    const { active, invited, expired } = seated;
    const actor = active.find((a) => a.id === actorId);
    if (!conversation || !actor) throw new Refusal('NOT_FOUND');
    if (conversation.closed_at !== null) throw new Refusal('CONVERSATION_CLOSED');
    if (conversation.kind === 'direct') throw new Refusal('DIRECT_IMMUTABLE', { details: { suggest: 'forkToGroup' } });

    const seating = add.length + invitations.length + remove.length > 0;
    if (conversation.kind === 'room' && (seating || input.name !== undefined || input.addPolicy !== undefined))
      throw new Refusal('ROOM_HAS_NO_SEATS'); // its name is one room's, and its lists decide who is in

    const leaving = active.filter((a) => remove.includes(a.id));
    const coming = add.filter((a) => !active.some((m) => m.id === a.id));
    const ownerBefore = conversation.owner_id === null ? null : idOf(conversation.owner_id);
    const addPolicy = addPolicyOf(conversation.add_policy);
    const role = tried.asOwner && input.ownerId === ownerBefore ? 'owner' : roleOf(actor.role); // a rerun after the owner had handed over
    tried.asOwner = role === 'owner';
    if ((input.ownerId !== undefined || input.addPolicy !== undefined) && role !== 'owner') throw new Refusal('NOT_OWNER');
    if (input.name !== undefined || seating) mayManage(role, addPolicy);
    const known = new Set(found.before.map((s) => idOf(s.user_id))); // out already: no mistake, and what a rerun after a lost answer finds
    if (remove.some((id) => !known.has(id))) throw new Refusal('NOT_FOUND');
    const heir = input.ownerId === undefined ? undefined : active.find((a) => a.id === input.ownerId && !leaving.includes(a));
    if (input.ownerId !== undefined && !heir) throw new Refusal('NOT_FOUND');
    mayAdd(reach, actorId, conversationId, input.policy, coming);
    for (const { role: theirs } of leaving) mayRemove(role, roleOf(theirs));

    const kept = invited.filter((i) => !leaving.some((l) => l.id === i.inviter));
    const taken = kept.filter((i) => coming.some((c) => c.email === i.email)); // they signed up by themselves: their seat waits for them
    const asked = invitations.filter((i) => !kept.some((v) => v.email === i.email));
    const seats = active.length - leaving.length + coming.length + kept.length - taken.length + asked.length;
    if (leaving.length > 0 && seats < limits.group.minSeats) throw new Refusal('GROUP_MIN_MEMBERS');
    if (seats > limits.group.maxSeats) throw new Refusal('GROUP_FULL', { details: { seats, max: limits.group.maxSeats } });

    const named = input.name !== undefined && input.name !== conversation.name;
    const opened = input.addPolicy !== undefined && input.addPolicy !== addPolicy;
    if (named || opened) {
      const set = { ...(named && { name: input.name }), ...(opened && { add_policy: input.addPolicy }) };
      draft.update('conversation', set, { id: bytesOf(conversationId) });
      draft.event({ stream: conversationId, type: 'conversation.updated', actor: actorId });
    }
    for (const { id, fromSeq } of leaving) {
      closeSpan(draft, { conversationId, room: false, userId: id, fromSeq, by: actorId, reason: 'removed' });
      withdrawInvitations(draft, seated, conversationId, id);
    }
    for (const seat of taken) {
      const by = coming.find((c) => c.email === seat.email);
      draft.update('invitation', { open: null, accepted_by: by ? bytesOf(by.id) : null }, { id: bytesOf(seat.id) });
    }
    const already = add.filter(({ id }) => {
      const stay = active.find((a) => a.id === id);
      const drafted = tried.stays.get(id);
      return stay && !(drafted?.fromSeq === stay.fromSeq && drafted.at === stay.joinedAt);
    });
    for (const { id } of coming) {
      const fromSeq = openSpan(draft, { conversationId, room: false, userId: id, role: 'member', addedBy: actorId, founder: false });
      tried.stays.set(id, { fromSeq, at: draft.now });
    }
    for (const { id } of expired.filter((e) => asked.some((a) => a.email === e.email)))
      draft.update('invitation', { open: null }, { id: bytesOf(id) });
    for (const { id, email } of asked) invite(draft, { invitationId: id, conversationId, inviterId: actorId, email }, found.addresses);
    for (const { id: invitationId, email } of kept.filter((k) => invitations.some((i) => i.email === k.email)))
      mailInvitation(draft, found.addresses, { invitationId, email, again: true });
    if (asked.length > 0 || taken.some((t) => t.inviter === actorId)) tellInviter(draft, actorId, conversationId);
    if (heir && heir.id !== ownerBefore) {
      handOver(draft, conversationId, actor, heir);
      if (conversation.kind === 'room' && conversation.access !== 'public') letIn(draft, conversationId, actorId); // an owner needs no list, but they are none now
    }
    return { already: already.map((a) => a.id) };
  },
});
