import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

export interface Hiding {
  readonly userId: string;
  readonly messageId: string;
  readonly conversationId: string;
}

const hiddenRow = (inputs: readonly Hiding[]) => ({
  before: lookup(
    'hidden_message',
    ['message_id'],
    ['user_id', 'message_id'],
    inputs.map((i) => [bytesOf(i.userId), bytesOf(i.messageId)]),
  ),
});

/** D-del1: gone for this person on all their devices, and nobody else can tell. Twice is no mistake. */
export const messageHidden = changeKind<Hiding, void>()({
  name: 'message.hidden',
  alone: true,
  streams: (input) => [input.userId],
  lookups: hiddenRow,
  facts: (found) => found.before.length > 0,
  decide(input, before, draft) {
    if (before) return;
    draft.insert('hidden_message', {
      user_id: bytesOf(input.userId),
      message_id: bytesOf(input.messageId),
      conversation_id: bytesOf(input.conversationId),
      hidden_at: draft.now,
    });
    draft.event({ stream: input.userId, type: 'message.hidden', actor: input.userId, subject: input.messageId });
  },
});

/** Takes the hiding back. */
export const messageUnhidden = changeKind<Hiding, void>()({
  name: 'message.unhidden',
  alone: true,
  streams: (input) => [input.userId],
  lookups: hiddenRow,
  facts: (found) => found.before.length > 0,
  decide(input, before, draft) {
    if (!before) return;
    draft.delete('hidden_message', { user_id: bytesOf(input.userId), message_id: bytesOf(input.messageId) });
    draft.event({ stream: input.userId, type: 'message.unhidden', actor: input.userId, subject: input.messageId });
  },
});
