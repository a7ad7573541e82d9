import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, directKey, idOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { invite, openSpan, tellInviter } from './seats.ts';

export interface NewGroup {
  readonly id: string;
  readonly creatorId: string;
  readonly name: string | null;
  /** Accounts without the creator, each once. */
  readonly people: readonly string[];
  readonly invitations: readonly { id: string; email: string }[];
}

/** C5, C6: a group of 3–10 seats, all of it or nothing. */
export const groupCreated = changeKind<NewGroup, { id: string }>()({
  name: 'group.created',
  alone: true,
  streams: (input) => [input.id, input.creatorId, ...input.people],
  lookups: (inputs) => ({
    before: lookup(
      'conversation',
      ['id'],
      ['id'],
      inputs.map((i) => [bytesOf(i.id)]),
    ),
  }),
  facts: (found) => found.before.length > 0,
  decide(input, before, draft) {
    if (before) return { id: input.id }; // a rerun after a lost answer
    const seats = 1 + input.people.length + input.invitations.length;
    if (seats < limits.group.minSeats) throw new Refusal('GROUP_TOO_SMALL', { details: seats === 2 ? { suggest: 'direct' } : {} });
    if (seats > limits.group.maxSeats) throw new Refusal('GROUP_FULL', { details: { seats, max: limits.group.maxSeats } });
    begin(draft, { id: input.id, kind: 'group', name: input.name, ownerId: input.creatorId, key: null, by: input.creatorId });
    for (const userId of [input.creatorId, ...input.people]) {
      openSpan(draft, {
        conversationId: input.id,
        userId,
        role: userId === input.creatorId ? 'owner' : 'member',
        addedBy: input.creatorId,
        founder: true,
      });
    }
    for (const { id, email } of input.invitations)
      invite(draft, { invitationId: id, conversationId: input.id, inviterId: input.creatorId, email });
    if (input.invitations.length > 0) tellInviter(draft, input.creatorId, input.id);
    return { id: input.id };
  },
});

export interface NewDirect {
  readonly id: string;
  readonly creatorId: string;
  readonly otherId: string;
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
  }),
  facts: (found) => found.before[0],
  decide(input, before, draft) {
    if (before) return { id: idOf(before.id), existed: idOf(before.id) !== input.id };
    beginDirect(draft, input.id, input.creatorId, input.otherId);
    return { id: input.id, existed: false };
  },
});

export function beginDirect(draft: Draft, id: string, creatorId: string, otherId: string): void {
  begin(draft, { id, kind: 'direct', name: null, ownerId: null, key: directKey(creatorId, otherId), by: creatorId });
  for (const userId of [creatorId, otherId])
    openSpan(draft, { conversationId: id, userId, role: 'member', addedBy: creatorId, founder: true });
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
