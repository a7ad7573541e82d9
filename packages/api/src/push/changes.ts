import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, lookup, type PushRow, pushIdOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

export interface Subscribing {
  readonly userId: string;
  readonly sessionId: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly language: string;
}

/**
 * From now on this browser is told. It hangs on the session it was made in and ends with it. A browser that somebody else was told in before
 * changes hands only with the very keys it had: its address alone is no proof.
 */
export const pushSubscribed = changeKind<Subscribing, void>()({
  name: 'push.subscribed',
  alone: true,
  streams: (input) => [input.userId],
  lookups: (inputs) => ({
    mine: lookup(
      'push_subscription',
      ['id', 'created_at'],
      ['user_id'],
      inputs.map((i) => [bytesOf(i.userId)]),
    ),
    held: lookup(
      'push_subscription',
      ['user_id', 'p256dh', 'auth', 'created_at'],
      ['id'],
      inputs.map((i) => [bytesOf(pushIdOf(i.endpoint))]),
    ),
    session: lookup(
      'session',
      ['revoked_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.sessionId)]),
    ),
  }),
  facts: (found) => found,
  decide(input, { mine, held: [held], session: [session] }, draft) {
    if (!session || session.revoked_at !== null) throw new Refusal('SESSION_EXPIRED');
    const [id, userId] = [bytesOf(pushIdOf(input.endpoint)), bytesOf(input.userId)];
    const theirs = held !== undefined && !held.user_id.equals(userId);
    if (theirs && (held.p256dh !== input.p256dh || held.auth !== input.auth))
      throw new Refusal('BAD_INPUT', { fields: { endpoint: 'belongs to another subscription: subscribe this browser anew' } });
    const others = mine.filter((row) => !row.id.equals(id)).toSorted((a, b) => Number(b.created_at) - Number(a.created_at));
    for (const row of others.slice(limits.push.perPerson - 1)) draft.delete('push_subscription', { id: row.id });
    const { endpoint, p256dh, auth, language } = input;
    const created_at = held && !theirs ? Number(held.created_at) : draft.now;
    const row = { id, user_id: userId, session_id: bytesOf(input.sessionId), endpoint, p256dh, auth, language, created_at };
    draft.insert('push_subscription', row, { set: ['user_id', 'session_id', 'p256dh', 'auth', 'language', 'created_at'] });
    if (theirs) draft.delete('push_delivery', { subscription_id: id }); // news of theirs
  },
});

/** This browser is told no more. Somebody else's is not touched, and twice is no mistake. */
export const pushUnsubscribed = changeKind<{ userId: string; endpoint: string }, void>()({
  name: 'push.unsubscribed',
  alone: false,
  streams: (input) => [input.userId],
  lookups: () => ({}),
  facts: () => null,
  decide: ({ userId, endpoint }, _facts, draft) =>
    draft.delete('push_subscription', { id: bytesOf(pushIdOf(endpoint)), user_id: bytesOf(userId) }),
});

export interface Settling {
  readonly row: PushRow;
  /** `done`: sent, or nothing left to tell. `gone`: the browser as well. Or milliseconds from now to try again. */
  readonly fate: 'done' | 'gone' | number;
}

/** What becomes of a delivery. One that was asked for again meanwhile stays, for what is new. */
export const pushSettled = changeKind<Settling, void>()({
  name: 'push.settled',
  alone: false,
  background: true,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ row, fate }, _facts, draft) {
    const { subscription_id, conversation_id, to_seq, attempts } = row;
    if (fate === 'gone') {
      draft.delete('push_subscription', { id: subscription_id });
      draft.delete('push_delivery', { subscription_id });
    } else if (fate === 'done') {
      draft.delete('push_delivery', { subscription_id, conversation_id, to_seq });
      const again = { from_seq: Number(to_seq) + 1, run_after: draft.now, attempts: 0 };
      draft.update('push_delivery', again, { subscription_id, conversation_id, from_seq: row.from_seq });
    } else draft.update('push_delivery', { run_after: draft.now + fate, attempts: attempts + 1 }, { subscription_id, conversation_id });
  },
});
