import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, directKey, type InvitationRow, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { reachLookups, reachOf } from '../circles/reach.ts';
import { beginDirect } from '../conversations/create.ts';
import { openSpan, seatLookups, tellInviter } from '../conversations/seats.ts';
import { addressLookup, mailInvitation } from './mail.ts';

/** A direct chat with an address nobody has: it begins when the link is opened. Asking again gives the same invitation. */
export const inviteDirect = changeKind<{ id: string; inviterId: string; email: string }, InvitationRow>()({
  name: 'direct.invited',
  alone: true,
  streams: (input) => [input.inviterId],
  lookups: (inputs) => ({
    open: lookup(
      'invitation',
      ['id', 'conversation_id', 'inviter_id', 'email', 'expires_at'],
      ['inviter_id', 'open'],
      inputs.map((i) => [bytesOf(i.inviterId), 1]),
    ),
    addresses: addressLookup(inputs.map((i) => i.email)),
  }),
  facts: (found) => found,
  decide(input, { open, addresses }, draft) {
    const before = open.find((i) => i.conversation_id === null && i.email === input.email && Number(i.expires_at) > draft.now);
    const { email } = input;
    mailInvitation(draft, addresses, { invitationId: before ? idOf(before.id) : input.id, email, again: before !== undefined });
    if (before) return before;
    const row = {
      id: bytesOf(input.id),
      conversation_id: null,
      inviter_id: bytesOf(input.inviterId),
      email,
      expires_at: draft.now + limits.invitation.lifetime,
    };
    draft.insert('invitation', { ...row, created_at: draft.now, open: 1, accepted_by: null });
    return row;
  },
});

interface Acceptance {
  readonly invitationId: string;
  readonly userId: string;
  readonly inviterId: string;
  /** Null for a direct chat that has not begun; then `newId` becomes its id. */
  readonly conversationId: string | null;
  readonly newId: string;
}

/** Moves a seat from pending to active in one step, so that it can never overflow (C7). */
export const invitationAccepted = changeKind<Acceptance, { conversationId: string }>()({
  name: 'invitation.accepted',
  alone: true,
  streams: (input) => [input.conversationId ?? input.newId, input.userId, input.inviterId],
  lookups: (inputs) => ({
    invitation: lookup(
      'invitation',
      ['open', 'expires_at', 'accepted_by'],
      ['id'],
      inputs.map((i) => [bytesOf(i.invitationId)]),
    ),
    conversation: lookup(
      'conversation',
      ['closed_at'],
      ['id'],
      inputs.flatMap((i) => (i.conversationId === null ? [] : [[bytesOf(i.conversationId)]])),
    ),
    direct: lookup(
      'conversation',
      ['id'],
      ['direct_key'],
      inputs.flatMap((i) => (i.conversationId === null ? [[directKey(i.userId, i.inviterId)]] : [])),
    ),
    ...seatLookups(inputs.flatMap((i) => (i.conversationId === null ? [] : [i.conversationId]))),
    ...reachLookups(inputs.map((i) => ({ actorId: i.inviterId, conversationId: i.conversationId, people: [i.userId] }))),
    inviter: lookup(
      'user',
      ['suspended_at', 'deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.inviterId)]),
    ),
  }),
  facts: (found) => ({
    ...{ invitation: found.invitation[0], conversation: found.conversation[0], direct: found.direct[0], spans: found.spans },
    inviter: found.inviter[0],
    reach: reachOf(found),
  }),
  decide(input, { invitation, conversation, direct, spans, inviter, reach }, draft) {
    const { userId, inviterId } = input;
    const mine = invitation?.accepted_by !== null && invitation?.accepted_by !== undefined && idOf(invitation.accepted_by) === userId;
    const inside = spans.some((s) => idOf(s.user_id) === userId);
    if (mine && input.conversationId !== null && inside) return { conversationId: input.conversationId }; // opened before by the same person
    if (mine && direct) return { conversationId: idOf(direct.id) };
    if (invitation?.open !== 1 || Number(invitation.expires_at) <= draft.now) throw new Refusal('INVITATION_GONE');
    if (inviter?.suspended_at !== null || inviter.deleted_at !== null) throw new Refusal('INVITATION_GONE'); // nobody stands behind it now
    if (userId === inviterId || inside) throw new Refusal('ALREADY_MEMBER');
    if (input.conversationId !== null && conversation?.closed_at !== null) throw new Refusal('INVITATION_GONE');
    const refused = reach.refuses(userId, inviterId) || reach.refuses(userId, input.conversationId ?? inviterId);
    if (refused || reach.blocks(inviterId, userId) || reach.blocks(userId, inviterId)) throw new Refusal('CANNOT_ADD_USER'); // M10: links of the leaver are void
    draft.update('invitation', { open: null, accepted_by: bytesOf(userId) }, { id: bytesOf(input.invitationId) });
    if (input.conversationId === null) {
      if (direct) return { conversationId: idOf(direct.id) };
      beginDirect(draft, input.newId, inviterId, userId);
      return { conversationId: input.newId };
    }
    openSpan(draft, { conversationId: input.conversationId, room: false, userId, role: 'member', addedBy: userId, founder: false });
    draft.event({ stream: input.conversationId, type: 'invitation.accepted', actor: userId });
    tellInviter(draft, inviterId, input.conversationId);
    return { conversationId: input.conversationId };
  },
});

/** Takes a link back; its seat is free again. Only its inviter can. Twice is no mistake. */
export const invitationRevoked = changeKind<{ invitationId: string; inviterId: string; conversationId: string | null }, void>()({
  name: 'invitation.revoked',
  alone: true,
  streams: (input) => (input.conversationId === null ? [input.inviterId] : [input.conversationId, input.inviterId]),
  lookups: (inputs) => ({
    invitation: lookup(
      'invitation',
      ['open'],
      ['id'],
      inputs.map((i) => [bytesOf(i.invitationId)]),
    ),
  }),
  facts: (found) => found.invitation[0],
  decide(input, invitation, draft) {
    if (invitation?.open !== 1) return;
    draft.update('invitation', { open: null }, { id: bytesOf(input.invitationId) });
    if (input.conversationId === null) return;
    draft.event({ stream: input.conversationId, type: 'invitation.revoked', actor: input.inviterId });
    tellInviter(draft, input.inviterId, input.conversationId);
  },
});
