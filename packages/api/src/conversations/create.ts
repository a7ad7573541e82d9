import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, directKey, idOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { type MessagingPolicy, mayAdd, mayWrite, reachLookups, reachOf, type Wanted } from '../circles/reach.ts';
import { addressLookup } from '../invitations/mail.ts';
import { invite, openSpan, tellInviter } from './seats.ts';

export interface NewGroup {
  readonly id: string;
  readonly creatorId: string;
  readonly name: string | null;
  /** Accounts without the creator, each once. */
  readonly people: readonly Wanted[];
  readonly invitations: readonly { id: string; email: string }[];
  readonly policy: MessagingPolicy;
}

/** C5, C6: a group of 3–10 seats, all of it or nothing. */
export const groupCreated = changeKind<NewGroup, { id: string }>()({
  name: 'group.created',
  alone: true,
  streams: (input) => [input.id, input.creatorId, ...input.people.map((p) => p.id)],
  lookups: (inputs) => ({
    before: lookup(
      'conversation',
      ['id'],
      ['id'],
      inputs.map((i) => [bytesOf(i.id)]),
    ),
    ...reachLookups(inputs.map((i) => ({ actorId: i.creatorId, conversationId: null, people: i.people.map((p) => p.id) }))),
    addresses: addressLookup(inputs.flatMap((i) => i.invitations.map(({ email }) => email))),
  }),
  facts: (found) => ({ before: found.before.length > 0, reach: reachOf(found), addresses: found.addresses }),
  decide(input, { before, reach, addresses }, draft) {
    if (before) return { id: input.id }; // a rerun after a lost answer
    const seats = 1 + input.people.length + input.invitations.length;
    if (seats < limits.group.minSeats) throw new Refusal('GROUP_TOO_SMALL', { details: seats === 2 ? { suggest: 'direct' } : {} });
    mayAdd(reach, input.creatorId, null, input.policy, input.people);
    if (seats > limits.group.maxSeats) throw new Refusal('GROUP_FULL', { details: { seats, max: limits.group.maxSeats } });
    begin(draft, { id: input.id, kind: 'group', name: input.name, ownerId: input.creatorId, key: null, by: input.creatorId });
    for (const userId of [input.creatorId, ...input.people.map((p) => p.id)]) {
      openSpan(draft, {
        conversationId: input.id,
        room: false,
        userId,
        role: userId === input.creatorId ? 'owner' : 'member',
        addedBy: input.creatorId,
        founder: true,
      });
    }
    for (const { id, email } of input.invitations)
      invite(draft, { invitationId: id, conversationId: input.id, inviterId: input.creatorId, email }, addresses);
    if (input.invitations.length > 0) tellInviter(draft, input.creatorId, input.id);
    return { id: input.id };
  },
});

export interface NewDirect {
  readonly id: string;
  readonly creatorId: string;
  readonly otherId: string;
  /** The direct chat of the two as it was looked up, to open it again when it was hidden; null when there was none. */
  readonly directId: string | null;
  readonly policy: MessagingPolicy;
}

/** C3: one direct chat per pair. Two at once meet at the unique key; the one that lost reruns and finds the winner. */
export const directCreated = changeKind<NewDirect, { id: string; existed: boolean }>()({
  name: 'direct.created',
  alone: true,
  streams: (input) => [input.id, input.creatorId, input.otherId],
  lookups: (inputs) => ({
    before: lookup(
      'conversation',
      ['id'],
      ['direct_key'],
      inputs.map((i) => [directKey(i.creatorId, i.otherId)]),
    ),
    hidden: lookup(
      'member_state',
      ['hidden_at'],
      ['user_id', 'conversation_id'],
      inputs.flatMap((i) => (i.directId === null ? [] : [[bytesOf(i.creatorId), bytesOf(i.directId)]])),
    ),
    ...reachLookups(inputs.map((i) => ({ actorId: i.creatorId, conversationId: null, people: [i.otherId] }))),
  }),
  facts: (found) => ({ before: found.before[0], hidden: (found.hidden[0]?.hidden_at ?? null) !== null, reach: reachOf(found) }),
  decide(input, { before, hidden, reach }, draft) {
    const { creatorId, otherId } = input;
    if (before && idOf(before.id) === input.id) return { id: input.id, existed: false }; // a rerun after a lost answer
    mayWrite(reach, creatorId, otherId, before ? 'open' : input.policy); // what stands stays readable whatever the policy became
    if (before) {
      if (hidden) reopened(draft, creatorId, idOf(before.id));
      return { id: idOf(before.id), existed: true };
    }
    if (!reach.live(otherId)) throw new Refusal('CANNOT_MESSAGE');
    beginDirect(draft, input.id, creatorId, otherId);
    return { id: input.id, existed: false };
  },
});

/** C4: back in its reader's list, still showing only what came after they cleared it. */
function reopened(draft: Draft, userId: string, conversationId: string): void {
  draft.update('member_state', { hidden_at: null }, { user_id: bytesOf(userId), conversation_id: bytesOf(conversationId) });
  draft.event({ stream: userId, type: 'conversation.opened', actor: userId, subject: conversationId });
}

export function beginDirect(draft: Draft, id: string, creatorId: string, otherId: string): void {
  begin(draft, { id, kind: 'direct', name: null, ownerId: null, key: directKey(creatorId, otherId), by: creatorId });
  for (const userId of [creatorId, otherId])
    openSpan(draft, { conversationId: id, room: false, userId, role: 'member', addedBy: creatorId, founder: true });
}

function begin(
  draft: Draft,
  c: { id: string; kind: 'direct' | 'group'; name: string | null; ownerId: string | null; key: Buffer | null; by: string },
): void {
  draft.insert('conversation', {
    id: bytesOf(c.id),
    kind: c.kind,
    name: c.name,
    owner_id: c.ownerId === null ? null : bytesOf(c.ownerId),
    direct_key: c.key,
    created_at: draft.now,
    closed_at: null,
  });
  draft.event({ stream: c.id, type: 'conversation.created', actor: c.by });
}
