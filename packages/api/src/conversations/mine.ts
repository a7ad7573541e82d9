import type { NotifyLevel } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

interface Mine {
  readonly conversationId: string;
  readonly userId: string;
}

const stateOf = (inputs: readonly Mine[]) => ({
  state: lookup(
    'member_state',
    ['last_read_seq', 'cleared_seq', 'hidden_at', 'notify', 'muted_until'],
    ['user_id', 'conversation_id'],
    inputs.map((i) => [bytesOf(i.userId), bytesOf(i.conversationId)]),
  ),
});
const rowOf = ({ userId, conversationId }: Mine) => ({ user_id: bytesOf(userId), conversation_id: bytesOf(conversationId) });

/** Takes a conversation out of my list until somebody writes in it again. Told to my own devices alone. */
export const conversationHidden = changeKind<Mine, void>()({
  name: 'conversation.hidden',
  alone: true,
  streams: (input) => [input.conversationId, input.userId],
  lookups: stateOf,
  facts: (found) => found.state[0],
  decide(input, state, draft) {
    const head = draft.head(input.conversationId);
    if (Number(state?.hidden_at ?? 0) === head) return;
    draft.insert('member_state', { ...rowOf(input), hidden_at: head }, { set: ['hidden_at'] });
    draft.event({ stream: input.userId, type: 'conversation.hidden', subject: input.conversationId, number: head });
  },
});

/** D-del3: everything up to now is gone for me, and nothing for anybody else. It comes back to my list with the next message. */
export const conversationCleared = changeKind<Mine, void>()({
  name: 'conversation.cleared',
  alone: true,
  streams: (input) => [input.conversationId, input.userId],
  lookups: stateOf,
  facts: (found) => found.state[0],
  decide(input, state, draft) {
    const head = draft.head(input.conversationId);
    if (Number(state?.cleared_seq ?? 0) === head && Number(state?.hidden_at ?? 0) === head) return;
    const marks = { cleared_seq: head, last_read_seq: head, unread_seq: null, unread_at: null, hidden_at: head };
    draft.insert('member_state', { ...rowOf(input), ...marks }, { set: Object.keys(marks) });
    draft.event({ stream: input.userId, type: 'conversation.cleared', subject: input.conversationId, number: head });
  },
});

/** What I want to be told of in one conversation. `mutedUntil` is milliseconds since 1970, or null. */
export const notificationsChanged = changeKind<Mine & { level: NotifyLevel; mutedUntil: number | null }, void>()({
  name: 'notifications.changed',
  alone: true,
  streams: (input) => [input.userId],
  lookups: stateOf,
  facts: (found) => found.state[0],
  decide(input, state, draft) {
    const muted = state?.muted_until === null || state?.muted_until === undefined ? null : Number(state.muted_until);
    if ((state?.notify ?? 'all') === input.level && muted === input.mutedUntil) return;
    const row = { ...rowOf(input), notify: input.level, muted_until: input.mutedUntil };
    draft.insert('member_state', row, { set: ['notify', 'muted_until'] });
    draft.event({ stream: input.userId, type: 'notifications.changed', subject: input.conversationId });
  },
});
