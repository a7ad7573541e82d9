import { type Conversation, limits } from '@koreromai/contract';
import type { OutboxEntry, State } from './state.ts';

/** Last activity first: the last message, or the birth of a chat that has none. What was hidden is left out until somebody writes in it, and so are rooms that I look into without following them. */
export function conversationsByActivity(state: State): Conversation[] {
  return Object.values(state.conversations)
    .filter((conversation) => !conversation.hidden && conversation.myRole !== null)
    .sort((a, b) => compare(activityOf(b), activityOf(a)) || compare(b.id, a.id));
}

/** Unread messages of all conversations held, for the title and the app's badge (UI5). Give it to `shownUnread`. */
export const unreadTotal = (state: State): number =>
  Object.values(state.conversations).reduce((total, { myRole, unreadCount }) => (myRole === null ? total : total + unreadCount), 0);

/** A count as people see it: nothing for 0, `99+` above the cap. */
export const shownUnread = (count: number): string => (count > limits.unreadCap ? `${limits.unreadCap}+` : count > 0 ? String(count) : '');

/** What is on its way to one conversation, oldest first: shown below its timeline. */
export const outboxOf = (state: State, conversationId: string): OutboxEntry[] =>
  state.outbox.filter((entry) => entry.conversationId === conversationId);

const activityOf = (conversation: Conversation): string => conversation.lastMessage?.createdAt ?? conversation.createdAt;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
