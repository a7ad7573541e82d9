import type {
  addedMember, Conversation, Created, createInput, InvitationPage, Page, Session, SignUpInput, signInInput, updateInput,
} from '@koreromai/contract';
import type { Clock } from './clock.ts';
import type { Api } from './connect.ts';
import type { OutboxStorage } from './outbox.ts';
import type { Store } from './store.ts';

type Input<Schema extends { _zod: { input: unknown } }> = Schema['_zod']['input'];
type Output<Schema extends { _zod: { output: unknown } }> = Schema['_zod']['output'];

export interface ClientOptions {
  /** Where the server answers, e.g. `http://localhost:1337` or `location.origin`. */
  url: string;
  /** A bearer token, for programs. Without one a browser uses its cookie; a program signs in and keeps the token in memory. */
  token?: string;
  /** Where unsent messages survive a restart. Default: nowhere. */
  storage?: OutboxStorage;
  fetch?: typeof globalThis.fetch;
  webSocket?: typeof globalThis.WebSocket;
  clock?: Clock;
  /** 0 ≤ x < 1, for the jitter of retries. */
  random?: () => number;
}

/**
 * One person's client. Every promise below rejects with the error of the failed call: give it to `refusalOf` for words.
 * Reading goes through `store`; whatever a command changes appears there.
 */
export interface Client {
  readonly store: Store;
  /** Every procedure of the server, typed. Commands below also keep the store right: prefer them. */
  readonly api: Api;

  // --- session ---

  /** Takes up the session of the cookie or token. False: there is none. While the network is away it goes on trying. */
  resume(): Promise<boolean>;
  signIn(input: Input<typeof signInInput>): Promise<void>;
  signUp(input: SignUpInput): Promise<void>;
  /** Ends this session on the server, then forgets everything, unsent messages too. Without an answer nothing is forgotten. */
  signOut(): Promise<void>;
  sessions(cursor?: string): Promise<Page<Session>>;
  revokeSession(sessionId: string): Promise<void>;
  revokeOtherSessions(): Promise<void>;

  // --- conversations ---

  /** Starts a chat; `created` and `existing` are in the store when this resolves, `pending` has a link to pass on. */
  createConversation(input: Input<typeof createInput>): Promise<Created>;
  /** Name, additions and removals: all of it or nothing. */
  updateConversation(input: Input<typeof updateInput>): Promise<Conversation>;
  /** Null takes the name away. */
  rename(conversationId: string, name: string | null): Promise<Conversation>;
  /** `person`: an e-mail address, `@username` or an id. */
  addMember(conversationId: string, person: string): Promise<Output<typeof addedMember>>;
  removeMember(conversationId: string, userId: string): Promise<Conversation>;
  leave(conversationId: string): Promise<void>;
  /** The next page of older conversations, into the store. Nothing when `moreConversations` is null. */
  loadMoreConversations(): Promise<void>;

  // --- invitations ---

  /** What the holder of a link may know; works without signing in. */
  invitation(token: string): Promise<InvitationPage>;
  acceptInvitation(token: string): Promise<Conversation>;
  revokeInvitation(invitationId: string): Promise<void>;

  // --- messages ---

  /**
   * Loads the newest page, and the conversation if the store has none (a link straight to it). Call it whenever a
   * screen shows one: a second call does nothing unless the first failed. Rejects with NOT_FOUND for a stranger.
   */
  openConversation(conversationId: string): Promise<void>;
  /** Loads the page before the oldest message held. Failures are in `timeline.error`; it never rejects. */
  loadOlder(conversationId: string): Promise<void>;
  /** Shows the message at once, sends it, and goes on trying through network failures. Returns the message's id. */
  send(conversationId: string, text: string): string;
  /** Sends a failed message again, under the same id. */
  retry(messageId: string): void;
  /** Forgets a queued or failed message. */
  discard(messageId: string): void;
  /** Everything up to `seq` has been seen. At once here, coalesced to the server, never backwards (N1). */
  markRead(conversationId: string, seq: number): void;

  // --- the line ---

  /** Tries again now instead of at the next turn: call it when the browser says that it is online. */
  wake(): void;
  /** Ends the connection and all timers, for good. The session on the server lives on. */
  close(): Promise<void>;
}

/** Makes a client. Nothing is asked of the server until a method is called. */
export function createClient(_options: ClientOptions): Client {
  throw new Error('on its way');
}
