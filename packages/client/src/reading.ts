import { type Conversation, limits } from '@koreromai/contract';
import { changeConversation } from './held.ts';
import type { State } from './state.ts';

/** One more than what is shown as a number: it stands for "99+". */
export const unreadMost = limits.unreadCap + 1;

/**
 * Everything up to `seq` is read (N1: only ever further). `sure` is false when the messages held do not tell how many
 * are left; the count then stays until the server says.
 */
export function readTo(state: State, conversationId: string, seq: number): { state: State; sure: boolean } {
  const held = state.conversations[conversationId];
  if (!held || seq < held.lastReadSeq) return { state, sure: true };
  const left = unreadAfter(state, held, seq);
  const unreadCount = left ?? held.unreadCount;
  const mentionCount = Math.min(held.mentionCount, unreadCount);
  const same = seq === held.lastReadSeq && unreadCount === held.unreadCount && mentionCount === held.mentionCount;
  const next = same
    ? state
    : changeConversation(state, conversationId, (conversation) => ({ ...conversation, lastReadSeq: seq, unreadCount, mentionCount }));
  return { state: next, sure: left !== null && mentionCount === 0 }; // which of those left are told to me only the server knows (C14)
}

/** N1: by hand, everything above `seq` is unread again. How much that is, the server counts. */
export const unreadFrom = (state: State, conversationId: string, seq: number): State =>
  changeConversation(state, conversationId, (conversation) => ({ ...conversation, lastReadSeq: seq }));

/** N1: visible, not mine, not deleted, after `seq`. Null: the window held does not reach that far. */
function unreadAfter(state: State, held: Conversation, seq: number): number | null {
  if (held.unreadCount === 0 || (held.lastMessage?.seq ?? 0) <= seq) return 0;
  const timeline = state.timelines[held.id];
  if (!timeline || timeline.fromSeq > seq + 1 || timeline.toSeq < held.seq) return null;
  const unread = timeline.messages.filter((message) => message.seq > seq && message.author.id !== state.me?.id && !message.deleted);
  return Math.min(unreadMost, unread.length);
}
