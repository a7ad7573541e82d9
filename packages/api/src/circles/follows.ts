import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { blocksBetween, tell } from './blocks.ts';

export interface Follow {
  readonly userId: string;
  readonly otherId: string;
  /** The direct chat of the two, locked so that a post has a place before the change or after. */
  readonly directId: string | null;
  readonly on: boolean;
}

/** B5: following is free. Whoever blocked the follower hears nothing of it, and it counts for nothing while the block stands. */
export const followChanged = changeKind<Follow, void>()({
  name: 'follow.changed',
  alone: true,
  streams: (input) => [input.userId, input.otherId, ...(input.directId === null ? [] : [input.directId])],
  lookups: (inputs) => ({
    person: lookup(
      'user',
      ['deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.otherId)]),
    ),
    follow: lookup(
      'follow',
      ['follower_id'],
      ['follower_id', 'followed_id'],
      inputs.map((i) => [bytesOf(i.userId), bytesOf(i.otherId)]),
    ),
    blocks: blocksBetween(inputs),
  }),
  facts: (found) => found,
  decide({ userId, otherId, on }, found, draft) {
    if (userId === otherId) throw new Refusal('BAD_INPUT', { fields: { userId: 'must be somebody else' } });
    const person = found.person[0];
    if (!person || (on && person.deleted_at !== null)) throw new Refusal('NOT_FOUND');
    if (found.follow.length > 0 === on) return;
    const blockers = found.blocks.map((b) => idOf(b.blocker_id));
    if (on && blockers.includes(userId)) throw new Refusal('UNBLOCK_FIRST');
    const row = { follower_id: bytesOf(userId), followed_id: bytesOf(otherId) };
    if (on) draft.insert('follow', { ...row, created_at: draft.now });
    else draft.delete('follow', row);
    tell(draft, 'follow.changed', userId, otherId);
    if (!blockers.includes(otherId)) tell(draft, 'follow.changed', otherId, userId);
  },
});
