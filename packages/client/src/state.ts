import type { Attachment, Conversation, Message, Quote, Relation, Self } from '@koreromai/contract';
import type { Connection } from './connection.ts';
import type { Refused } from './refusal.ts';

/**
 * Everything a screen can show. Immutable, with structural sharing: what did not change keeps its identity,
 * so `===` is a sound "nothing to redraw" for every part of it.
 */
export interface State {
  readonly connection: Connection;
  /** The person signed in; null until `resume`, `signIn` or `signUp` has succeeded. */
  readonly me: Self | null;
  readonly sessionId: string | null;
  /** Head of one's own stream that this state includes. */
  readonly userSeq: number;
  /** The sealed place in the log up to which this state is complete. */
  readonly cursor: string | null;
  /** By id. Order them with `conversationsByActivity`. Each carries its `seq`, `unreadCount` and `lastReadSeq`. */
  readonly conversations: Readonly<Record<string, Conversation>>;
  /** Not null: the server holds more conversations than these; see `loadMoreConversations`. */
  readonly moreConversations: string | null;
  /** By conversation id; absent until `openConversation`. */
  readonly timelines: Readonly<Record<string, Timeline>>;
  /** By conversation id: who went from it since this client looks on, newest last, a few. Nobody knows it of what came in a snapshot. */
  readonly departures: Readonly<Record<string, readonly Departure[]>>;
  /** By user id: how those people stand to me that `loadRelations` has brought or an event has told of. Who is not here is nobody to me yet. */
  readonly relations: Readonly<Record<string, Relation>>;
  /** By conversation id, then by user id: who writes there now, and since when. */
  readonly typing: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By user id: whether people I share a chat with are here, as far as it was asked for or told. */
  readonly presence: Readonly<Record<string, boolean>>;
  /** By conversation id, then by user id: how far others have read, as far as it was asked for or told (N2). */
  readonly readBy: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** By conversation id: what I began to write, on whichever device; what was asked for or told. */
  readonly drafts: Readonly<Record<string, string>>;
  /** What was written and is not in a timeline yet, oldest first. */
  readonly outbox: readonly OutboxEntry[];
}

/** A window on one conversation, without holes: every visible message from `fromSeq` to `toSeq`. */
export interface Timeline {
  /** Oldest first, by `seq`. */
  readonly messages: readonly Message[];
  readonly fromSeq: number;
  readonly toSeq: number;
  /** For `loadOlder`; null when there is nothing older, or nothing was loaded yet. */
  readonly nextCursor: string | null;
  /** The very first message is held: nothing is left to load. */
  readonly complete: boolean;
  /** A page is on its way: the newest one while `messages` is empty, else an older one. */
  readonly loading: boolean;
  /** Why the last page did not come; gone as soon as it is tried again. */
  readonly error: Refused | null;
}

/** Somebody is in a conversation no more. */
export interface Departure {
  readonly seq: number;
  readonly at: string;
  readonly userId: string;
  /** Their own id: they left. Null: nobody says. */
  readonly by: string | null;
}

/**
 * A message on its way (UI2, UI3). It leaves the outbox in the same change that brings the stored message, which has
 * the same id, into its timeline: there are never two bubbles.
 */
export interface OutboxEntry {
  /** The id the stored message will have. */
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  /** What it answers; `replyTo` is that message as the bubble quotes it until the server's own quote is here. */
  readonly replyToId?: string;
  readonly replyTo?: Quote;
  /** Files that are on the server already and go with it. */
  readonly attachments?: readonly Attachment[];
  /** RFC 3339, by this machine's clock. */
  readonly createdAt: string;
  /** `sending`: asked, or next in line · `queued`: the network or the server was away, tried again by itself · `failed`: refused, waits for `retry` or `discard`. */
  readonly status: 'sending' | 'queued' | 'failed';
  /** What the last try met. */
  readonly error?: Refused;
}

/** The state of a client that has not done anything. */
export const emptyState: State = {
  connection: { status: 'idle' },
  me: null,
  sessionId: null,
  userSeq: 0,
  cursor: null,
  conversations: {},
  moreConversations: null,
  timelines: {},
  departures: {},
  relations: {},
  typing: {},
  presence: {},
  readBy: {},
  drafts: {},
  outbox: [],
};
