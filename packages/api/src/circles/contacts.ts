import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { blocksBetween, tell } from './blocks.ts';

export interface ContactStep {
  readonly userId: string;
  readonly otherId: string;
  readonly directId: string | null;
  readonly step: 'request' | 'accept' | 'decline' | 'remove';
}

type State = 'none' | 'outgoing' | 'incoming' | 'accepted' | 'declined';

/**
 * B4: two rows for a pair, one as each side sees it. Crossing requests accept each other. A request that was declined, or
 * that went to somebody who blocks its sender, leaves the sender's row alone: to them it is pending, and stays so.
 */
export const contactChanged = changeKind<ContactStep, void>()({
  name: 'contact.changed',
  alone: true,
  streams: (input) => [input.userId, input.otherId, ...(input.directId === null ? [] : [input.directId])],
  lookups: (inputs) => ({
    person: lookup(
      'user',
      ['deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.otherId)]),
    ),
    rows: lookup(
      'contact',
      ['user_id', 'state', 'answered_at'],
      ['user_id', 'other_id'],
      inputs.flatMap((i) => [
        [bytesOf(i.userId), bytesOf(i.otherId)],
        [bytesOf(i.otherId), bytesOf(i.userId)],
      ]),
    ),
    blocks: blocksBetween(inputs),
  }),
  facts: (found) => found,
  decide(input, found, draft) {
    const { userId, otherId, step } = input;
    if (userId === otherId) throw new Refusal('BAD_INPUT', { fields: { userId: 'must be somebody else' } });
    const person = found.person[0];
    if (!person) throw new Refusal('NOT_FOUND');
    const row = (id: string) => found.rows.find((r) => idOf(r.user_id) === id);
    const mine = (row(userId)?.state ?? 'none') as State;
    const theirs = (row(otherId)?.state ?? 'none') as State;
    const blocks = (id: string) => found.blocks.some((b) => idOf(b.blocker_id) === id);
    const ties = pair(draft, userId, otherId);

    if (step === 'request') {
      if (person.deleted_at !== null) throw new Refusal('NOT_FOUND');
      if (mine === 'accepted') return;
      if (blocks(userId)) throw new Refusal('UNBLOCK_FIRST');
      if (mine === 'incoming' || (theirs === 'outgoing' && !blocks(otherId))) return ties.accept();
      const declinedAt = theirs === 'declined' ? Number(row(otherId)?.answered_at ?? 0) : 0;
      const reaches = !blocks(otherId) && theirs !== 'incoming' && declinedAt + limits.contact.quiet <= draft.now;
      if (mine !== 'outgoing') ties.mine('outgoing');
      if (mine !== 'outgoing') tell(draft, 'contact.requested', userId, otherId);
      if (!reaches) return;
      ties.theirs('incoming');
      return tell(draft, 'contact.requested', otherId, userId);
    }
    if (step === 'accept') {
      if (mine === 'accepted') return;
      if (mine !== 'incoming') throw new Refusal('NOT_FOUND');
      return ties.accept();
    }
    if (mine === 'incoming') {
      ties.mine('declined'); // the other one is not told: their row stays as it is
      return tell(draft, 'contact.removed', userId, otherId);
    }
    if (step === 'decline') {
      if (mine === 'declined') return;
      throw new Refusal('NOT_FOUND');
    }
    if (mine === 'outgoing' || mine === 'accepted') {
      ties.forget(userId, otherId);
      tell(draft, 'contact.removed', userId, otherId);
    }
    if (mine === 'accepted' || (mine === 'outgoing' && theirs === 'incoming')) {
      ties.forget(otherId, userId);
      tell(draft, 'contact.removed', otherId, userId);
    }
  },
});

/** Writes either side of a pair. */
function pair(draft: Draft, userId: string, otherId: string) {
  const write = (a: string, b: string, state: State) =>
    draft.insert(
      'contact',
      {
        ...{ user_id: bytesOf(a), other_id: bytesOf(b), state, created_at: draft.now },
        answered_at: state === 'accepted' || state === 'declined' ? draft.now : null,
      },
      { set: ['state', 'created_at', 'answered_at'] },
    );
  return {
    mine: (state: State) => write(userId, otherId, state),
    theirs: (state: State) => write(otherId, userId, state),
    forget: (a: string, b: string) => draft.delete('contact', { user_id: bytesOf(a), other_id: bytesOf(b) }),
    accept() {
      write(userId, otherId, 'accepted');
      write(otherId, userId, 'accepted');
      tell(draft, 'contact.accepted', userId, otherId);
      tell(draft, 'contact.accepted', otherId, userId);
    },
  };
}
