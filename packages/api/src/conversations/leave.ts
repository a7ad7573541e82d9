import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { crown } from './roles.ts';
import { closeSpan, seatLookups, seatsOf, withdrawInvitations } from './seats.ts';

export interface Leaving {
  readonly conversationId: string;
  readonly userId: string;
  /** M10: whom the leaver refuses from now on: everybody here, or these people anywhere. */
  readonly block: 'none' | 'group' | { readonly members: readonly string[] };
}

/** M6, M9: leaving is never refused, also twice. The seats one kept for others go too. The owner's place goes to the one who serves longest; with nobody left the group closes. */
export const groupLeft = changeKind<Leaving, void>()({
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
    ever: lookup(
      'span',
      ['user_id'],
      ['conversation_id', 'user_id'],
      inputs.flatMap((i) => [i.userId, ...blockedBy(i)].map((id) => [bytesOf(i.conversationId), bytesOf(id)])),
    ),
    ...seatLookups(inputs.map((i) => i.conversationId)),
  }),
  facts: (found) => found,
  decide(input, found, draft) {
    const { conversationId, userId } = input;
    const kind = found.conversation[0]?.kind;
    const ever = new Set(found.ever.map((m) => idOf(m.user_id)));
    if (kind === undefined || !ever.has(userId)) throw new Refusal('NOT_FOUND');
    const seats = seatsOf(found, draft.now);
    const { active } = seats;
    const me = active.find((a) => a.id === userId);
    if (kind === 'direct') throw new Refusal('DIRECT_IMMUTABLE');
    if (blockedBy(input).includes(userId)) throw new Refusal('BAD_INPUT', { fields: { 'block.members': 'must be other people' } });
    if (blockedBy(input).some((id) => !ever.has(id))) throw new Refusal('NOT_FOUND');
    refuse(draft, input);
    if (!me) return; // left before
    if (kind === 'room' && me.role === 'owner') throw new Refusal('OWNER_STAYS'); // as in unfollowing: a room is not closed by being left
    closeSpan(draft, { conversationId, room: kind === 'room', userId, fromSeq: me.fromSeq, by: userId, reason: 'left' });
    withdrawInvitations(draft, seats, conversationId, userId);
    const rest = active.filter((a) => a.id !== userId);
    if (rest.length === 0)
      draft.update('conversation', { closed_at: draft.now, closed_by: bytesOf(userId), owner_id: null }, { id: bytesOf(conversationId) });
    else if (me.role === 'owner') crown(draft, conversationId, userId, successor(rest));
  },
});

const blockedBy = ({ block }: Leaving): readonly string[] => (typeof block === 'string' ? [] : block.members);

/** M10: nobody but the leaver can take this back, and what is there already stays. */
function refuse(draft: Draft, { userId, conversationId, block }: Leaving): void {
  if (block === 'none') return;
  const target = block === 'group' ? 'conversation' : 'person';
  for (const id of block === 'group' ? [conversationId] : block.members)
    draft.insert('refusal', { user_id: bytesOf(userId), target_id: bytesOf(id), target, created_at: draft.now }, 'ignore');
}

/** The longest-serving admin, else the longest-serving member; among equals the smaller id. */
export function successor<P extends { id: string; role: string; fromSeq: number }>(people: readonly P[]): P {
  const admins = people.filter((p) => p.role === 'admin');
  const [first, ...others] = admins.length > 0 ? admins : people;
  if (first === undefined) throw new Error('A group without people has no successor.');
  return others.reduce((a, b) => (b.fromSeq < a.fromSeq || (b.fromSeq === a.fromSeq && b.id < a.id) ? b : a), first);
}
