import type { Conversation } from '@koreromai/contract';
import type { State } from './state.ts';

/** Changes one conversation if it is held. */
export function changeConversation(state: State, id: string, change: (held: Conversation) => Conversation): State {
  const held = state.conversations[id];
  if (!held) return state;
  const changed = change(held);
  return changed === held ? state : { ...state, conversations: { ...state.conversations, [id]: changed } };
}

/**
 * Takes in a conversation as the server described it, unless what is held is as new. Reading that the server had not
 * heard of when it answered is kept: `lastReadSeq` only grows (N1).
 */
export function holdConversation(state: State, fresh: Conversation): State {
  const held = state.conversations[fresh.id];
  if (held && held.seq > fresh.seq) return state;
  return { ...state, conversations: { ...state.conversations, [fresh.id]: held ? keepingRead(held, fresh) : fresh } };
}

/** Forgets a conversation, its messages, and what was on its way to it. */
export function dropConversation(state: State, id: string): State {
  if (!state.conversations[id]) return state;
  const { [id]: _conversation, ...conversations } = state.conversations;
  const { [id]: _timeline, ...timelines } = state.timelines;
  const { [id]: _departures, ...departures } = state.departures;
  const { [id]: _typing, ...typing } = state.typing;
  const { [id]: _readBy, ...readBy } = state.readBy;
  const { [id]: _draft, ...drafts } = state.drafts;
  return {
    ...state,
    conversations,
    timelines,
    departures,
    typing,
    readBy,
    drafts,
    outbox: state.outbox.filter((entry) => entry.conversationId !== id),
  };
}

function keepingRead(held: Conversation, fresh: Conversation): Conversation {
  if (held.lastReadSeq <= fresh.lastReadSeq) return fresh;
  const allRead = (fresh.lastMessage?.seq ?? 0) <= held.lastReadSeq;
  return { ...fresh, lastReadSeq: held.lastReadSeq, ...(allRead && { unreadCount: 0, mentionCount: 0 }) };
}
