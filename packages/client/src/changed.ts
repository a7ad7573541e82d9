import { type ConversationEvent, like, limits, type Message, type Quote } from '@koreromai/contract';
import type { Applied } from './apply.ts';
import { changeConversation } from './held.ts';
import { unreadMost } from './reading.ts';
import type { State } from './state.ts';
import { changeTimeline } from './timeline.ts';

/** What happens to messages that stand. */
export type AboutMessage = {
  type: 'message.created' | 'message.updated' | 'message.deleted' | 'reaction.added' | 'reaction.removed' | 'pin.added' | 'pin.removed';
};
type Deleted = Extract<ConversationEvent, { type: 'message.deleted' }>;
type Pinned = Extract<ConversationEvent, { type: 'pin.added' | 'pin.removed' }>;
type Reacted = Extract<ConversationEvent, { type: 'reaction.added' | 'reaction.removed' }>;

/** A message that is held somewhere, as it is shown now. */
export function messageIn(state: State, messageId: string): Message | undefined {
  for (const { messages } of Object.values(state.timelines)) {
    const found = messages.find((message) => message.id === messageId);
    if (found) return found;
  }
  return Object.values(state.conversations).find((held) => held.lastMessage?.id === messageId)?.lastMessage ?? undefined;
}

/** Changes messages of one conversation wherever they are held: in its open timeline and as its newest. */
function changeMessages(state: State, conversationId: string, change: (message: Message) => Message): State {
  const inTimeline = changeTimeline(state, conversationId, (timeline) => {
    const messages = timeline.messages.map(change);
    return messages.every((message, i) => message === timeline.messages[i]) ? timeline : { ...timeline, messages };
  });
  return changeConversation(inTimeline, conversationId, (held) => {
    const lastMessage = held.lastMessage && change(held.lastMessage);
    return lastMessage === held.lastMessage ? held : { ...held, lastMessage };
  });
}

/** What quotes the message shows it as it is now. */
function requoted(message: Message, id: string, now: { text: string | null; deleted: boolean }): Message {
  const { replyTo } = message;
  return replyTo && 'id' in replyTo && replyTo.id === id ? { ...message, replyTo: { ...replyTo, ...now } } : message;
}

/** Whether it names the person who looks. */
export const names = (message: Message, { me }: State): boolean => message.mentions.some((named) => named.userId === me?.id);

/** The message as it is held, in the open timeline or as the newest. */
function heldMessage(state: State, conversationId: string, id: string): Message | undefined {
  const newest = state.conversations[conversationId]?.lastMessage;
  return state.timelines[conversationId]?.messages.find((m) => m.id === id) ?? (newest?.id === id ? newest : undefined);
}

/** The text is new; whose reactions are mine only this client knows. Unread, it may name me now, or no more: the server says. */
export function edited(state: State, message: Message): Applied {
  const { conversationId: id } = message;
  const next = changeMessages(state, id, (held) => {
    if (held.id !== message.id) return requoted(held, message.id, { text: shortened(message.text), deleted: false });
    if (held.version > message.version) return held;
    const { reactions, likeCount, likedByMe, pinned, replyTo } = held;
    return { ...message, reactions, likeCount, likedByMe, pinned, replyTo };
  });
  const conversation = state.conversations[id];
  const known = heldMessage(state, id, message.id);
  const before = known ? names(known, state) : (conversation?.mentionCount ?? 0) > 0;
  const moved = conversation !== undefined && message.seq > conversation.lastReadSeq && (before || names(message, state));
  return { state: next, asks: moved ? [{ type: 'conversation', id }] : [] };
}

/** A tombstone keeps its place and its author. Unread it no longer counts; where that cannot be told, the server is asked. */
export function deleted(state: State, event: Deleted): Applied {
  const { stream, messageId, messageSeq } = event;
  const held = state.conversations[stream];
  const known = heldMessage(state, stream, messageId);
  const gone = changeMessages(state, stream, (message) =>
    message.id === messageId ? tombstone(message) : requoted(message, messageId, { text: null, deleted: true }),
  );
  if (!held || messageSeq <= held.lastReadSeq || held.unreadCount === 0 || known?.deleted || known?.author.id === state.me?.id)
    return { state: gone, asks: [] };
  if (!known || names(known, state) || held.unreadCount >= unreadMost) return { state: gone, asks: [{ type: 'conversation', id: stream }] };
  return { state: changeConversation(gone, stream, (c) => ({ ...c, unreadCount: c.unreadCount - 1 })), asks: [] };
}

const tombstone = (message: Message): Message => ({
  ...message,
  text: null,
  deleted: true,
  replyTo: null,
  mentions: [],
  attachments: [],
  reactions: [],
  likeCount: 0,
  likedByMe: false,
  pinned: false,
});

/** Absolute counts; only the reactions of the one who acted are told by name. */
export const reactedTo = (state: State, event: Reacted): State =>
  changeMessages(state, event.stream, (held) => {
    if (held.id !== event.messageId) return held;
    const me = event.userId === state.me?.id;
    const mine = me ? event.emojis : held.reactions.filter((r) => r.mine).map((r) => r.emoji);
    return {
      ...held,
      reactions: event.reactions.map((r) => ({ ...r, mine: mine.includes(r.emoji) })),
      likeCount: event.likeCount,
      likedByMe: me ? event.emojis.includes('like') : held.likedByMe,
    };
  });

/** For everybody in the chat alike. */
export const pinnedNow = (state: State, event: Pinned): State =>
  changeMessages(state, event.stream, (held) =>
    held.id === event.messageId && !held.deleted ? { ...held, pinned: event.type === 'pin.added' } : held,
  );

/** Other words, before the server has heard of them: the same version, so that whatever the server says replaces it. */
export const reworded = (state: State, before: Message, now: Pick<Message, 'text' | 'editedAt'>): State =>
  changeMessages(state, before.conversationId, (held) => {
    if (held.id !== before.id) return requoted(held, before.id, { text: shortened(now.text), deleted: false });
    return held.version === before.version && !held.deleted ? { ...held, ...now } : held;
  });

/** My reaction as I want it, counted once: the same wish again changes nothing. A tombstone takes none. */
export const wished = (state: State, conversationId: string, messageId: string, emoji: string, on: boolean): State =>
  changeMessages(state, conversationId, (held) => {
    if (held.id !== messageId || held.deleted || isMine(held, emoji) === on) return held;
    const step = on ? 1 : -1;
    if (emoji === like) return { ...held, likedByMe: on, likeCount: Math.max(0, held.likeCount + step) };
    const known = held.reactions.some((r) => r.emoji === emoji);
    const all = known ? held.reactions : [...held.reactions, { emoji, count: 0, mine: false }];
    const counted = all.map((r) => (r.emoji === emoji ? { ...r, count: r.count + step, mine: on } : r));
    return { ...held, reactions: counted.filter((r) => r.count > 0) };
  });

export const isMine = (message: Message, emoji: string): boolean =>
  emoji === like ? message.likedByMe : message.reactions.some((r) => r.emoji === emoji && r.mine);

/** How an answer to it shows it; what is not held is not shown. */
export const quoteOf = (message: Message | undefined): Quote =>
  message
    ? { id: message.id, seq: message.seq, author: message.author, text: shortened(message.text), deleted: message.deleted }
    : { unavailable: true };

/** Hidden on this side: gone from the open timeline. */
export const withoutMessage = (state: State, conversationId: string, messageId: string): State =>
  changeTimeline(state, conversationId, (timeline) => ({ ...timeline, messages: timeline.messages.filter((m) => m.id !== messageId) }));

/** A quote is as long as the server would make it. */
const shortened = (text: string | null): string | null => text && [...text].slice(0, limits.quote.maxCodePoints).join('');
