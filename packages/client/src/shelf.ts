import type { Conversation, Self } from '@koreromai/contract';
import { conversationsByActivity } from './conversations.ts';
import { emptyState, type State, type Timeline } from './state.ts';
import type { Wished } from './wishes.ts';

/** Where what a client holds survives a restart, so that it opens without the server and goes on from its place in the log. */
export interface Shelf {
  /** `{ head, chats }` as `put` left them. Whatever it gives is checked before it is believed. */
  load(): Promise<unknown>;
  /** All of it in one transaction, so that the place in the log is never of another moment than the state. Rejects when there is no room. False: it was cleared since the last time, and nothing of this is to be kept. */
  put(change: ShelfChange): Promise<boolean>;
  clear(): Promise<void>;
  /** Where several clients share it: whose turn it is to write. */
  readonly turn?: Turn | undefined;
}

/** What several clients on one device do one at a time. */
export interface Turn {
  /** Stands in line; calls back when it is this client's turn and when another took it. Returns what leaves the line. */
  wait(told: (mine: boolean) => void): () => void;
  /** Takes it from whoever has it. */
  take(): void;
}

export interface ShelfChange {
  /** Throws away all that was there before. */
  readonly whole: boolean;
  readonly head: KeptHead;
  /** What is new or has changed. */
  readonly chats: readonly KeptChat[];
  /** Conversation ids. */
  readonly gone: readonly string[];
}

/** Raised with every change of the shapes below or of the contract's that they hold: what an older client left is then not read. */
export const keptVersion = 3;

export interface KeptHead extends Pick<State, 'userSeq' | 'cursor' | 'moreConversations' | 'drafts'> {
  readonly version: number;
  readonly me: Self;
  readonly sessionId: string;
  /** False: some conversations were left out, so the log alone cannot bring this state up to date. */
  readonly continues: boolean;
  /** Conversations of which something was still being fetched or confirmed: they are fetched again. */
  readonly unsure: readonly string[];
  /** Told to nobody yet: how far was read, by conversation, and reactions. */
  readonly reads: Readonly<Record<string, number>>;
  readonly wishes: readonly Wished[];
}

export interface KeptChat {
  readonly id: string;
  readonly conversation: Conversation;
  readonly timeline: Timeline | null;
}

/** How much is kept: conversations, those of them with messages, and messages of each. The most recent ones. */
export interface Room {
  readonly conversations: number;
  readonly timelines: number;
  readonly messages: number;
}
export const shelfRoom: Room = { conversations: 1_000, timelines: 50, messages: 100 };

/** What is worth keeping of a state, most recent first, in the very objects of the state. Rooms looked into and not followed are not: the log does not tell of them. */
export function worthKeeping(state: State, room: Room): KeptChat[] {
  const hidden = Object.values(state.conversations).filter((held) => held.hidden && held.myRole !== null);
  let left = room.timelines;
  return [...conversationsByActivity(state), ...hidden].slice(0, room.conversations).map((conversation) => {
    const timeline = state.timelines[conversation.id];
    const whole = timeline && isWindow(timeline) && left-- > 0 ? timeline : null;
    return { id: conversation.id, conversation, timeline: whole };
  });
}

/** After a fresh start a timeline shows messages that it does not vouch for. */
const isWindow = ({ complete, messages, fromSeq }: Timeline) => complete || (messages[0]?.seq ?? 0) >= fromSeq;

/** Its newest messages. What was cut off has no way to be loaded until the newest page has come again. */
export function cut(timeline: Timeline, most: number): Timeline {
  const messages = timeline.messages.slice(-most);
  const settled = { ...timeline, loading: false, error: null };
  if (messages.length === timeline.messages.length) return settled;
  return { ...settled, messages, fromSeq: messages[0]?.seq ?? timeline.toSeq + 1, nextCursor: null, complete: false };
}

export interface Recalled {
  readonly state: State;
  readonly head: KeptHead;
}

/** The state that was left, if it is whole and of this version. */
export function fromShelf(value: unknown): Recalled | null {
  if (!isRecord(value) || !Array.isArray(value.chats) || !isHead(value.head) || !value.chats.every(isChat)) return null;
  const { head } = value;
  const chats: KeptChat[] = value.chats;
  const { me, sessionId, userSeq, cursor, moreConversations, drafts } = head;
  const timelines = chats.flatMap(({ id, timeline }): [string, Timeline][] => (timeline ? [[id, timeline]] : []));
  return {
    head,
    state: {
      ...emptyState,
      ...{ me, sessionId, userSeq, cursor, moreConversations, drafts },
      conversations: Object.fromEntries(chats.map(({ id, conversation }) => [id, conversation])),
      timelines: Object.fromEntries(timelines),
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const named = (value: unknown): boolean => isRecord(value) && typeof value.id === 'string';

function isHead(value: unknown): value is KeptHead {
  if (!isRecord(value) || value.version !== keptVersion) return false;
  const words = typeof value.sessionId === 'string' && typeof value.cursor === 'string';
  const lists = Array.isArray(value.unsure) && Array.isArray(value.wishes);
  return words && lists && named(value.me) && isRecord(value.drafts) && isRecord(value.reads) && typeof value.userSeq === 'number';
}

function isChat(value: unknown): value is KeptChat {
  if (!isRecord(value) || !isRecord(value.conversation) || value.conversation.id !== value.id) return false;
  const { timeline } = value;
  return timeline === null || (isRecord(timeline) && Array.isArray(timeline.messages) && timeline.messages.every(named));
}
