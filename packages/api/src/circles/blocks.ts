import { Refusal } from '@koreromai/contract';
import { bytesOf, directKey, idOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';

export interface Block {
  readonly userId: string;
  readonly otherId: string;
  /** The direct chat of the two as it was looked up, or null: its stream is locked, so that a post has a place before the block or after. */
  readonly directId: string | null;
  readonly on: boolean;
}

/**
 * B1: a block is laid over everything else and announced to nobody. It takes no contact and no follow away, so lifting it
 * brings back what was; only a request that waits for my answer is gone for me, while it stays pending for the other.
 * `stale`: the direct chat began meanwhile; ask again with its id.
 */
export const blockChanged = changeKind<Block, { stale: string | null }>()({
  name: 'block.changed',
  alone: true,
  streams: (input) => [input.userId, input.otherId, ...(input.directId === null ? [] : [input.directId])],
  lookups: (inputs) => ({
    person: lookup(
      'user',
      ['id'],
      ['id'],
      inputs.map((i) => [bytesOf(i.otherId)]),
    ),
    block: lookup(
      'block',
      ['blocker_id'],
      ['blocker_id', 'blocked_id'],
      inputs.map((i) => [bytesOf(i.userId), bytesOf(i.otherId)]),
    ),
    request: lookup(
      'contact',
      ['state'],
      ['user_id', 'other_id'],
      inputs.map((i) => [bytesOf(i.userId), bytesOf(i.otherId)]),
    ),
    direct: lookup(
      'conversation',
      ['id'],
      ['direct_key'],
      inputs.map((i) => [directKey(i.userId, i.otherId)]),
    ),
  }),
  facts: (found) => found,
  decide(input, found, draft) {
    const { userId, otherId, on } = input;
    if (userId === otherId) throw new Refusal('BAD_INPUT', { fields: { userId: 'must be somebody else' } });
    if (found.person.length === 0) throw new Refusal('NOT_FOUND');
    const direct = found.direct[0] ? idOf(found.direct[0].id) : null;
    if (direct !== input.directId) return { stale: direct };
    const stands = found.block.length > 0;
    if (stands === on) return { stale: null };
    if (on) {
      draft.insert('block', { blocker_id: bytesOf(userId), blocked_id: bytesOf(otherId), created_at: draft.now });
      if (found.request[0]?.state === 'incoming') draft.delete('contact', { user_id: bytesOf(userId), other_id: bytesOf(otherId) });
    } else draft.delete('block', { blocker_id: bytesOf(userId), blocked_id: bytesOf(otherId) });
    tell(draft, 'block.changed', userId, otherId);
    return { stale: null };
  },
});

/** The look-up of the blocks between each pair, either way. */
export const blocksBetween = (pairs: readonly { readonly userId: string; readonly otherId: string }[]) =>
  lookup(
    'block',
    ['blocker_id'],
    ['blocker_id', 'blocked_id'],
    pairs.flatMap((i) => [
      [bytesOf(i.userId), bytesOf(i.otherId)],
      [bytesOf(i.otherId), bytesOf(i.userId)],
    ]),
  );

/** Tells a person, on their own stream, how another stands to them now. */
export function tell(
  draft: Draft,
  type: 'contact.requested' | 'contact.accepted' | 'contact.removed' | 'follow.changed' | 'block.changed',
  userId: string,
  otherId: string,
): void {
  draft.event({ stream: userId, type, subject: otherId });
}
