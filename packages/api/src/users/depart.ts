import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { successor } from '../conversations/leave.ts';
import { crown } from '../conversations/roles.ts';
import { closeSpan, seatLookups, seatsOf, withdrawInvitations } from '../conversations/seats.ts';

/** U5: a deleted person's stay ends like one who leaves (M9); a direct chat stays with the other, to be read. Twice is no mistake. */
export const departed = changeKind<{ conversationId: string; userId: string }, void>()({
  name: 'account.departed',
  alone: true,
  streams: (input) => [input.conversationId, input.userId],
  lookups: (inputs) => ({
    conversation: lookup(
      'conversation',
      ['kind'],
      ['id'],
      inputs.map((i) => [bytesOf(i.conversationId)]),
    ),
    ...seatLookups(inputs.map((i) => i.conversationId)),
  }),
  facts: (found) => found,
  decide({ conversationId, userId }, found, draft) {
    const seats = seatsOf(found, draft.now);
    const me = seats.active.find((a) => a.id === userId);
    if (!me) return;
    const kind = found.conversation[0]?.kind;
    closeSpan(draft, { conversationId, room: kind === 'room', userId, fromSeq: me.fromSeq, by: userId, reason: 'deleted' });
    withdrawInvitations(draft, seats, conversationId, userId);
    const rest = seats.active.filter((a) => a.id !== userId);
    if (kind === 'direct') return;
    if (me.role === 'owner' && rest.length > 0) crown(draft, conversationId, userId, successor(rest));
    else if (me.role === 'owner') draft.update('conversation', { owner_id: null }, { id: bytesOf(conversationId) });
    if (kind === 'group' && rest.length === 0)
      draft.update('conversation', { closed_at: draft.now, closed_by: bytesOf(userId), owner_id: null }, { id: bytesOf(conversationId) });
  },
});

/** U6: contacts, follows and blocks from both sides, refusals, places on rooms' lists, open links, marks and drafts. */
export const tiesCut = changeKind<{ userId: string }, void>()({
  name: 'account.ties',
  alone: true,
  streams: (input) => [input.userId],
  lookups: (inputs) => ({
    contacts: lookup(
      'contact',
      ['other_id'],
      ['user_id'],
      inputs.map((i) => [bytesOf(i.userId)]),
    ),
  }),
  facts: (found) => found.contacts,
  decide({ userId }, contacts, draft) {
    const id = bytesOf(userId);
    for (const { other_id } of contacts) draft.delete('contact', { user_id: other_id, other_id: id });
    for (const table of ['contact', 'refusal', 'room_access', 'mention', 'member_state', 'hidden_message'] as const)
      draft.delete(table, { user_id: id });
    draft.delete('refusal', { target_id: id });
    draft.delete('follow', { follower_id: id });
    draft.delete('follow', { followed_id: id });
    draft.delete('block', { blocker_id: id });
    draft.delete('block', { blocked_id: id });
    draft.update('invitation', { open: null }, { inviter_id: id, open: 1 });
  },
});
