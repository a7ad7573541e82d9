import type {
  addedMember,
  Conversation,
  Created,
  createInput,
  InvitationPage,
  leaveInput,
  Page,
  Session as SignedIn,
  SignUpInput,
  signInInput,
  updateInput,
} from '@koreromai/contract';
import type { Clock } from './clock.ts';
import type { Api } from './connect.ts';
import type { OutboxStorage } from './keep.ts';
import type { Enclosed } from './outbox.ts';
import type { Shelf } from './shelf.ts';
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
  /** Where what is held survives a restart, so that it can be read without the server. Default: nowhere. */
  shelf?: Shelf;
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

  /**
   * Takes up the session of the cookie or token. False: there is none. While the network is away it goes on trying. What a shelf
   * holds is there at once, before the server was asked.
   */
  resume(): Promise<boolean>;
  signIn(input: Input<typeof signInInput>): Promise<void>;
  signUp(input: SignUpInput): Promise<void>;
  /** Ends this session on the server, then forgets everything, unsent messages too. Without an answer nothing is forgotten. */
  signOut(): Promise<void>;
  sessions(cursor?: string): Promise<Page<SignedIn>>;
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
  /** `block` (M10): `group` lets nobody add me there again, `{ members }` lets those people add me nowhere. Only I can lift it. */
  leave(conversationId: string, block?: Input<typeof leaveInput>['block']): Promise<void>;
  /** The next page of older conversations, into the store. Nothing when `moreConversations` is null. */
  loadMoreConversations(): Promise<void>;

  // --- people ---

  /** Brings one of my circles into `relations`, all its pages. What events have told meanwhile stays. */
  loadRelations(circle: 'contacts' | 'follows' | 'blocks'): Promise<void>;

  // --- invitations ---

  /** What the holder of a link may know; works without signing in. */
  invitation(token: string): Promise<InvitationPage>;
  acceptInvitation(token: string): Promise<Conversation>;
  revokeInvitation(invitationId: string): Promise<void>;

  // --- messages ---

  /**
   * Loads the newest page, and the conversation if the store has none (a link straight to it). Call it whenever a
   * screen shows one: a second call does nothing unless the first failed. Rejects when there is no such conversation for
   * this person (NOT_FOUND); when only its messages do not come, that is in `timeline.error`.
   */
  openConversation(conversationId: string): Promise<void>;
  /** Loads the page before the oldest message held. Failures are in `timeline.error`; it never rejects. */
  loadOlder(conversationId: string): Promise<void>;
  /** Shows the message at once, sends it, and goes on trying through network failures. Returns the message's id. */
  send(conversationId: string, text: string, enclosed?: Enclosed): string;
  /** Sends a failed message again, under the same id. */
  retry(messageId: string): void;
  /** Forgets a queued or failed message. */
  discard(messageId: string): void;
  /** Changes my own words, at once here. Refused after the edit window or when another device was faster; then it is as it was. */
  edit(messageId: string, text: string): Promise<void>;
  /** Leaves a tombstone with everyone; nobody can undo it. */
  deleteForEveryone(messageId: string): Promise<void>;
  /** Takes a message away on my side alone, at once; nobody else can tell. */
  hide(messageId: string): Promise<void>;
  unhide(messageId: string): Promise<void>;
  /**
   * Any one emoji. At once here, and the last wish stands. These four reject when the server refuses, and the reaction is as it was;
   * through network failures they go on trying.
   */
  react(messageId: string, emoji: string): Promise<void>;
  unreact(messageId: string, emoji: string): Promise<void>;
  like(messageId: string): Promise<void>;
  unlike(messageId: string): Promise<void>;
  /** Everything up to `seq` has been seen. At once here, coalesced to the server, never backwards (N1). */
  markRead(conversationId: string, seq: number): void;
  /** From that message on everything counts as unread again, on all my devices (UI6). */
  markUnread(conversationId: string, seq: number): Promise<void>;
  /** Asks how far the others have read, into `readBy`; more is told as it happens (N2). Nobody is named in rooms. */
  loadReadBy(conversationId: string): Promise<void>;
  /** Brings all of what I began to write, into `drafts`; what I write on other devices is told. */
  loadDrafts(): Promise<void>;
  /** Keeps what I began to write: at once in `drafts`, on the server when I rest. Resolves when it is there. An empty text takes it away. */
  writeDraft(conversationId: string, text: string): Promise<void>;
  /** The person writes: call it at every key, the server hears of it once in three seconds. */
  typing(conversationId: string): void;
  /** Asks who of these people is here, into `presence`; who comes and goes later is told. */
  loadPresence(userIds: readonly string[]): Promise<void>;

  /**
   * Which rooms a screen shows, followed or not: they are told of like my own chats. Replaces the rooms named before. Call it before
   * `openConversation`; a room that may not be entered any more is forgotten.
   */
  watchRooms(roomIds: readonly string[]): void;

  // --- the line ---

  /** Tries again now instead of at the next turn: call it when the browser says that it is online. */
  wake(): void;
  /** Puts what is held on the shelf now instead of in a moment: call it when the page is about to go. */
  keep(): Promise<void>;
  /** Ends the connection and all timers, for good. The session on the server lives on. */
  close(): Promise<void>;
}
