import { limits } from '@koreromai/contract';
import { bytesOf, idOf, lookup, type Stored } from '@koreromai/db';
import type { Draft } from '@koreromai/realtime';
import { type Addresses, mailInvitation } from '../invitations/mail.ts';
import { queueJob } from '../jobs/changes.ts';
import { followersMoved } from '../rooms/followers.ts';

/** The people and invitations of a conversation as the change's transaction sees them. */
export interface Seats {
  readonly active: readonly { id: string; role: string; fromSeq: number; joinedAt: number }[];
  readonly invited: readonly { id: string; inviter: string; email: string }[];
  /** Invitations that ran out: they hold no seat, but their address until they are closed. */
  readonly expired: readonly { id: string; email: string }[];
}

type SpanRow = Pick<Stored<'span'>, 'user_id' | 'role' | 'from_seq' | 'joined_at'>;
type InvitedRow = Pick<Stored<'invitation'>, 'id' | 'inviter_id' | 'email' | 'expires_at'>;

/** The look-ups for `seatsOf`, to be made under the conversation's lock (M2). */
export const seatLookups = (conversationIds: readonly string[]) => ({
  spans: lookup(
    'span',
    ['user_id', 'role', 'from_seq', 'joined_at'],
    ['conversation_id', 'open'],
    conversationIds.map((id) => [bytesOf(id), 1]),
  ),
  invitations: lookup(
    'invitation',
    ['id', 'inviter_id', 'email', 'expires_at'],
    ['conversation_id', 'open'],
    conversationIds.map((id) => [bytesOf(id), 1]),
  ),
});

/** Seats as rows; an invitation that ran out at `now` (milliseconds) holds none. */
export function seatsOf(found: { spans: readonly SpanRow[]; invitations: readonly InvitedRow[] }, now: number): Seats {
  const held = (i: InvitedRow) => Number(i.expires_at) > now;
  return {
    active: found.spans.map((s) => ({ id: idOf(s.user_id), role: s.role, fromSeq: Number(s.from_seq), joinedAt: Number(s.joined_at) })),
    invited: found.invitations.filter(held).map((i) => ({ id: idOf(i.id), inviter: idOf(i.inviter_id), email: i.email })),
    expired: found.invitations.filter((i) => !held(i)).map((i) => ({ id: idOf(i.id), email: i.email })),
  };
}

/** Opens a stay and gives its first seq: its own `member.added`, unless the person is a founder, who sees everything. Who opened a link came by themselves. */
export function openSpan(
  draft: Draft,
  stay: { conversationId: string; room: boolean; userId: string; role: 'owner' | 'member'; addedBy: string; founder: boolean },
): number {
  const seq = draft.event({ stream: stay.conversationId, type: 'member.added', actor: stay.addedBy, subject: stay.userId });
  const fromSeq = stay.founder ? 1 : seq;
  draft.insert('span', {
    conversation_id: bytesOf(stay.conversationId),
    user_id: bytesOf(stay.userId),
    from_seq: fromSeq,
    to_seq: null,
    open: 1,
    role: stay.role,
    added_by: bytesOf(stay.addedBy),
    joined_at: draft.now,
    end_reason: null,
  });
  if (stay.room) followersMoved(draft, stay.conversationId, 1);
  draft.event({ stream: stay.userId, type: 'you.added', actor: stay.addedBy, subject: stay.conversationId, number: fromSeq });
  return fromSeq;
}

/** Ends a stay at the seq of the event that tells of it. */
export function closeSpan(
  draft: Draft,
  stay: { conversationId: string; room: boolean; userId: string; fromSeq: number; by: string; reason: 'left' | 'removed' | 'deleted' },
): void {
  const type = stay.reason === 'removed' ? 'member.removed' : 'member.left';
  const seq = draft.event({ stream: stay.conversationId, type, actor: stay.by, subject: stay.userId });
  const key = { conversation_id: bytesOf(stay.conversationId), user_id: bytesOf(stay.userId), from_seq: stay.fromSeq };
  draft.update('span', { to_seq: seq, open: null, end_reason: stay.reason }, key);
  if (stay.room) followersMoved(draft, stay.conversationId, -1);
  draft.event({
    stream: stay.userId,
    type: 'you.removed',
    actor: stay.by,
    subject: stay.conversationId,
    number: stay.reason === 'removed' ? 1 : 0,
  });
}

/** Keeps a seat for an address, which gets a letter, until the link runs out; the inviter hears of it with the link, the others only that a seat is taken. */
export function invite(
  draft: Draft,
  seat: { invitationId: string; conversationId: string; inviterId: string; email: string },
  addresses: Addresses,
): void {
  draft.insert('invitation', {
    id: bytesOf(seat.invitationId),
    conversation_id: bytesOf(seat.conversationId),
    inviter_id: bytesOf(seat.inviterId),
    email: seat.email,
    created_at: draft.now,
    expires_at: draft.now + limits.invitation.lifetime,
    open: 1,
    accepted_by: null,
  });
  draft.event({ stream: seat.conversationId, type: 'invitation.created', actor: seat.inviterId });
  const { invitationId: id } = seat;
  queueJob(draft, { id, kind: 'invitation.expire', subject: id, after: limits.invitation.lifetime });
  mailInvitation(draft, addresses, { ...seat, again: false });
}

/** Tells the inviter that their list of pending seats is another one now. */
export const tellInviter = (draft: Draft, inviterId: string, conversationId: string): void =>
  void draft.event({ stream: inviterId, type: 'pending.changed', subject: conversationId });

/** Seats that someone kept for others go with them: nobody else could see or free them. */
export function withdrawInvitations(draft: Draft, seats: Seats, conversationId: string, inviterId: string): void {
  for (const seat of seats.invited.filter((i) => i.inviter === inviterId)) {
    draft.update('invitation', { open: null }, { id: bytesOf(seat.id) });
    draft.event({ stream: conversationId, type: 'invitation.revoked', actor: inviterId });
  }
}
