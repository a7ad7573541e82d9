import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { closeSpan, seatLookups, seatsOf, withdrawInvitations } from './seats.ts';

/** M6, M9: leaving is never refused, also twice. The seats one kept for others go too. The owner's place goes to the one who serves longest; with nobody left the group closes. */
export const groupLeft = changeKind<{ conversationId: string; userId: string }, void>()({
  name: 'group.left',
  alone: true,
  streams: (input) => [input.conversationId, input.userId],
  lookups: (inputs) => ({
    conversation: lookup(
      'conversation',
      ['kind'],
      ['id'],
      inputs.map((i) => [bytesOf(i.conversationId)]),
    ),
    mine: lookup(
      'span',
      ['user_id'],
      ['conversation_id', 'user_id'],
      inputs.map((i) => [bytesOf(i.conversationId), bytesOf(i.userId)]),
    ),
    ...seatLookups(inputs.map((i) => i.conversationId)),
  }),
  facts: (found) => found,
  decide(input, found, draft) {
    const { conversationId, userId } = input;
    const kind = found.conversation[0]?.kind;
    if (kind === undefined || !found.mine.some((m) => idOf(m.user_id) === userId)) throw new Refusal('NOT_FOUND');
    const seats = seatsOf(found, draft.now);
    const { active } = seats;
    const me = active.find((a) => a.id === userId);
    if (!me) return; // left before
    if (kind === 'direct') throw new Refusal('DIRECT_IMMUTABLE');
    closeSpan(draft, { conversationId, userId, fromSeq: me.fromSeq, by: userId, reason: 'left' });
    withdrawInvitations(draft, seats, conversationId, userId);
    const rest = active.filter((a) => a.id !== userId);
    if (rest.length === 0) draft.update('conversation', { closed_at: draft.now, owner_id: null }, { id: bytesOf(conversationId) });
    if (me.role !== 'owner' || rest.length === 0) return;
    const heir = successor(rest);
    draft.update('conversation', { owner_id: bytesOf(heir.id) }, { id: bytesOf(conversationId) });
    draft.update(
      'span',
      { role: 'owner' },
      { conversation_id: bytesOf(conversationId), user_id: bytesOf(heir.id), from_seq: heir.fromSeq },
    );
    draft.event({ stream: conversationId, type: 'owner.changed', actor: userId, subject: heir.id });
  },
});

/** The longest-serving admin, else the longest-serving member; among equals the smaller id. */
function successor<P extends { id: string; role: string; fromSeq: number }>(people: readonly P[]): P {
  const admins = people.filter((p) => p.role === 'admin');
  const [first, ...others] = admins.length > 0 ? admins : people;
  if (first === undefined) throw new Error('A group without people has no successor.');
  return others.reduce((a, b) => (b.fromSeq < a.fromSeq || (b.fromSeq === a.fromSeq && b.id < a.id) ? b : a), first);
}
