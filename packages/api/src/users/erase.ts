import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { tombstone } from '../messages/delete.ts';
import { place, reactionsOn } from '../reactions/react.ts';

interface Place {
  readonly messageId: string;
  readonly conversationId: string;
  readonly userId: string;
}

/** U4: one message of somebody who is gone and wanted theirs gone too, wherever it stands (D-del2). Twice is no mistake. */
export const messageErased = changeKind<Place, void>()({
  name: 'account.erased',
  alone: false,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    messages: lookup(
      'message',
      ['id', 'author_id', 'seq', 'created_at', 'deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.messageId)]),
    ),
  }),
  facts: (found) => new Map(found.messages.map((m) => [idOf(m.id), m])),
  decide({ messageId, conversationId, userId }, messages, draft) {
    const message = messages.get(messageId);
    if (!message || message.deleted_at !== null || idOf(message.author_id) !== userId) return;
    tombstone(draft, { id: messageId, conversationId, by: userId, message });
  },
});

/** U6: one like or reaction of somebody who is gone. */
export const reactionErased = changeKind<Place & { emoji: string }, void>()({
  name: 'account.unreacted',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    message: lookup(
      'message',
      ['seq'],
      ['id'],
      inputs.map((i) => [bytesOf(i.messageId)]),
    ),
    here: reactionsOn(inputs),
  }),
  facts: (found) => ({ message: found.message[0], here: found.here }),
  decide(input, { message, here }, draft) {
    const there = here.some((r) => r.emoji === input.emoji && idOf(r.user_id) === input.userId);
    if (message && there) place(draft, { ...input, on: false }, message, here);
  },
});
