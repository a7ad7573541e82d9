/** What a run leaves behind for the oracle: who asked for what, who was shown what, and what the database holds in the end. */
export interface History {
  ops: readonly Op[];
  observers: readonly Observer[];
  /** Who asked for a message that had been acknowledged. */
  reads?: readonly ReadBack[];
  database: Dump;
  /** What the server told about unread messages once everything was quiet. */
  unread?: readonly UnreadReading[];
  /** What the mail server was handed, where the run has one. */
  mails?: Mails;
  /** The state a client ended with, beside that of a client which has just begun. */
  clients?: readonly ClientPair[];
}

/**
 * One try to post. A retry is another op with the same message id. `invoke` and `return` are ticks of one clock for the whole history.
 * `info`: no answer came, so it may have happened, once, or not.
 */
export interface Op {
  process: string;
  user: string;
  invoke: number;
  return: number;
  outcome: 'ok' | 'fail' | 'info';
  conversationId: string;
  messageId: string;
  bodyHash: string;
  /** The seq that the acknowledgement named. */
  seq?: number;
}

/** One look for one message. */
export interface ReadBack {
  process: string;
  user: string;
  /** The process that was asked. */
  node: string;
  messageId: string;
  invoke: number;
  /** False: the answer was that there is no such message. Other failures are not written down. */
  found: boolean;
}

/** One device of one user, watching through any number of connections, caught up when the history ends. */
export interface Observer {
  id: string;
  user: string;
  /** Stream → the seq it held before it began to watch: nothing up to there is owed to it. Its own stream and conversations it is in. */
  from: Readonly<Record<string, number>>;
  sightings: readonly Sighting[];
  /** Message ids found in the raw bytes sent to this device, wherever they stood. */
  wireIds?: readonly string[];
}

interface Place {
  connection: number;
  /** Counts up over all connections of the observer. */
  arrival: number;
  stream: string;
  epoch?: string;
  seq: number;
}

export interface EventSighting extends Place {
  /** `dropped`: not shown, because it was held already or the observer is out of that conversation. */
  outcome: 'applied' | 'dropped';
  type: string;
  messageId: string | null;
  bodyHash: string | null;
  version?: number;
}

/** Seqs `seq … toSeq` are not for this user. */
export interface SkipSighting extends Place {
  outcome: 'skip';
  toSeq: number;
}

/** The state up to `toSeq` was read in place of being delivered: when the conversation was entered, or after a reset. */
export interface FetchSighting extends Place {
  outcome: 'fetched';
  reason: 'entered' | 'reset';
  toSeq: number;
  /** The messages that the reading gave; null when they were not read, and then nothing up to `toSeq` is owed. */
  messageIds: readonly string[] | null;
}

/** The observer was told that it is out of the conversation, and forgot it: `seq` is what it held. */
export interface LeaveSighting extends Place {
  outcome: 'left';
}

export type Sighting = EventSighting | SkipSighting | FetchSighting | LeaveSighting;

export interface Dump {
  messages: readonly StoredMessage[];
  events: readonly StoredEvent[];
  streams: readonly StreamHead[];
  spans: readonly Span[];
  logHead: number;
  counters: readonly Counter[];
  /** What rooms are shown with, of each that has such a number. */
  followers: readonly Followers[];
  /** What the database's own check complained about; empty is good. */
  complaints: readonly string[];
}

export interface StoredMessage {
  conversationId: string;
  seq: number;
  id: string;
  authorId: string;
  bodyHash: string | null;
  version?: number;
}

export interface StoredEvent {
  stream: string;
  seq: number;
  pos: number;
  type: string;
  messageId: string | null;
}

export interface StreamHead {
  id: string;
  seq: number;
  pos: number;
}

/** One stay in a conversation. `toSeq` is the seq of the event that ended it, null while it lasts. */
export interface Span {
  conversationId: string;
  userId: string;
  fromSeq: number;
  toSeq: number | null;
}

export interface Counter {
  conversationId: string;
  authorId: string;
  messages: number;
}

export interface Followers {
  conversationId: string;
  followers: number;
}

export interface UnreadReading {
  user: string;
  conversationId: string;
  lastReadSeq: number;
  unreadCount: number;
  /** The largest count that the server tells. */
  cap: number;
}

/** All times are of one clock, in milliseconds. */
export interface Mails {
  sent: readonly SentMail[];
  /** At most one mail in this time for one person and one chat. */
  window: number;
  /** Whose account was deleted, and when. */
  gone: Readonly<Record<string, number>>;
}

/** One mail about messages `fromSeq … toSeq` of one chat; `head` is where the chat stood when it was handed over. */
export interface SentMail {
  user: string;
  conversationId: string;
  at: number;
  fromSeq: number;
  toSeq: number;
  head: number;
}

export interface ClientPair {
  client: string;
  state: unknown;
  fresh: unknown;
}
