import type { Conversation } from '@koreromai/contract';
import type { Applied } from './apply.ts';
import { changeConversation } from './held.ts';
import type { State } from './state.ts';
import { changeTimeline } from './timeline.ts';

const newer = (held: Conversation, seq: number) => (held.lastMessage?.seq ?? 0) > seq;

/** Out of the list, unless somebody wrote after that seq. */
export const hidden = (held: Conversation, seq: number): Conversation => ({ ...held, hidden: !newer(held, seq) });

/** D-del3: nothing up to `seq` is there any more. What came after stays; how much of it is unread only the server knows then. */
export function cleared(state: State, id: string, seq: number): Applied {
  const held = state.conversations[id];
  if (!held) return { state, asks: [] };
  const next = changeConversation(state, id, () => ({
    ...hidden(held, seq),
    lastReadSeq: Math.max(held.lastReadSeq, seq),
    ...(!newer(held, seq) && { lastMessage: null, unreadCount: 0, mentionCount: 0 }),
  }));
  const emptied = changeTimeline(next, id, (timeline) => ({
    ...timeline,
    messages: timeline.messages.filter((message) => message.seq > seq),
    ...{ fromSeq: 0, nextCursor: null, complete: true },
  }));
  return { state: emptied, asks: newer(held, seq) ? [{ type: 'conversation', id }] : [] };
}
