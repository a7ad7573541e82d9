import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

/**
 * D-del4: closes a group or room for everyone, by its owner alone. Its people are told who did it, and when; a room's name is free
 * again. A direct chat belongs to both and is never closed. Twice is no mistake.
 */
export const conversationClosed = changeKind<{ conversationId: string; userId: string }, void>()({
  name: 'conversation.closed',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    conversation: lookup(
      'conversation',
      ['kind', 'owner_id', 'closed_at', 'closed_by'],
      ['id'],
      inputs.map((i) => [bytesOf(i.conversationId)]),
    ),
    inside: lookup(
      'span',
      ['user_id'],
      ['conversation_id', 'user_id', 'open'],
      inputs.map((i) => [bytesOf(i.conversationId), bytesOf(i.userId), 1]),
    ),
  }),
  facts: (found) => found,
  decide({ conversationId, userId }, { conversation: [conversation], inside }, draft) {
    if (!conversation || inside.length === 0) throw new Refusal('NOT_FOUND');
    if (conversation.kind === 'direct') throw new Refusal('DIRECT_IMMUTABLE');
    if (conversation.closed_at !== null) {
      if (conversation.closed_by !== null && idOf(conversation.closed_by) === userId) return;
      throw new Refusal('CONVERSATION_CLOSED');
    }
    if (conversation.owner_id === null || idOf(conversation.owner_id) !== userId) throw new Refusal('NOT_OWNER');
    draft.update('conversation', { closed_at: draft.now, closed_by: bytesOf(userId), name_key: null }, { id: bytesOf(conversationId) });
    draft.event({ stream: conversationId, type: 'conversation.closed', actor: userId });
  },
});
