import {
  type addedMember,
  type Conversation,
  type Created,
  type createInput,
  type InvitationPage,
  type leaveInput,
  type Page,
  Refusal,
  type Session as SignedIn,
  type SignUpInput,
  type signInInput,
  type updateInput,
} from '@koreromai/contract';
import { type Clock, systemClock } from './clock.ts';
import { type Api, createLine } from './connect.ts';
import { nextConnection } from './connection.ts';
import { dropConversation, holdConversation } from './held.ts';
import type { OutboxStorage } from './keep.ts';
import { loadRelations } from './relations.ts';
import { createSession, type Session } from './session.ts';
import { emptyState } from './state.ts';
import { createStore, type Store } from './store.ts';

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
  send(conversationId: string, text: string): string;
  /** Sends a failed message again, under the same id. */
  retry(messageId: string): void;
  /** Forgets a queued or failed message. */
  discard(messageId: string): void;
  /** Everything up to `seq` has been seen. At once here, coalesced to the server, never backwards (N1). */
  markRead(conversationId: string, seq: number): void;
  /** The person writes: call it at every key, the server hears of it once in three seconds. */
  typing(conversationId: string): void;
  /** Asks who of these people is here, into `presence`; who comes and goes later is told. */
  loadPresence(userIds: readonly string[]): Promise<void>;

  // --- the line ---

  /** Tries again now instead of at the next turn: call it when the browser says that it is online. */
  wake(): void;
  /** Ends the connection and all timers, for good. The session on the server lives on. */
  close(): Promise<void>;
}

/** Makes a client. Nothing is asked of the server until a method is called. */
export function createClient(options: ClientOptions): Client {
  const { clock = systemClock, random = Math.random, storage = null } = options;
  const store = createStore();
  const line = createLine({
    url: options.url,
    token: options.token ?? null,
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    webSocket: options.webSocket ?? globalThis.WebSocket,
    clock,
    random,
    onSessionEnd: () => session && end(store.get().me ? ended() : 'none'), // the first answer that says so counts
  });
  const { api } = line;
  let session: Session | null = null;
  let leaving = false;
  /** The socket may be closed before the answer to signing out is here: it was chosen all the same. */
  const ended = () => (leaving ? 'chosen' : 'ended');

  function begin(): Promise<boolean> {
    session?.close();
    if (store.get().connection.status === 'closed') throw new Refusal('UNAUTHENTICATED');
    store.update(() => ({ ...emptyState, connection: { status: 'connecting' } }));
    session = createSession({ store, line, clock, random, storage, onRevoked: () => end(ended()) });
    return session.ready;
  }
  function end(reason: 'none' | 'chosen' | 'ended'): void {
    session?.close();
    session = null;
    store.update((state) => ({ ...emptyState, connection: nextConnection(state.connection, { type: 'out', reason }) }));
  }
  function here(): Session {
    if (!session) throw new Refusal('UNAUTHENTICATED');
    return session;
  }
  /** A browser has the cookie, and its scripts have no business with the token. */
  async function enter(token: string): Promise<void> {
    if (!('document' in globalThis)) line.identify(token);
    await begin();
  }
  /** What is held already follows its events; only what is new is taken from an answer. */
  function hold(conversation: Conversation): Conversation {
    store.update((state) => (state.me && !state.conversations[conversation.id] ? holdConversation(state, conversation) : state));
    return conversation;
  }

  return {
    store: { get: store.get, subscribe: store.subscribe },
    api,

    resume: async () => begin(),
    signIn: async (input) => enter((await api.auth.signIn.mutate(input)).token),
    signUp: async (input) => enter((await api.auth.signUp.mutate(input)).token),
    async signOut() {
      leaving = true;
      try {
        await api.auth.signOut.mutate({});
      } finally {
        leaving = false;
      }
      end('chosen');
      line.identify(null);
      await storage?.save(null);
    },
    sessions: (cursor) => api.auth.sessions.query({ cursor }),
    async revokeSession(sessionId) {
      await api.auth.revokeSession.mutate({ sessionId });
    },
    async revokeOtherSessions() {
      await api.auth.revokeOtherSessions.mutate({});
    },

    async createConversation(input) {
      const created = await api.conversations.create.mutate(input);
      if (created.status !== 'pending') hold(created.conversation);
      return created;
    },
    updateConversation: (input) => api.conversations.update.mutate(input),
    rename: (conversationId, name) => api.conversations.update.mutate({ conversationId, name }),
    addMember: (conversationId, person) => api.members.add.mutate({ conversationId, person }),
    removeMember: (conversationId, userId) => api.members.remove.mutate({ conversationId, userId }),
    async leave(conversationId, block) {
      await api.conversations.leave.mutate({ conversationId, ...(block && { block }) });
      store.update((state) => dropConversation(state, conversationId));
    },
    loadMoreConversations: async () => here().pages.moreConversations(),

    loadRelations: (circle) => loadRelations(store, (cursor) => api[circle].list.query({ cursor, limit: 100 })),

    invitation: (token) => api.invitations.open.query({ token }),
    acceptInvitation: async (token) => hold(await api.invitations.accept.mutate({ token })),
    async revokeInvitation(invitationId) {
      await api.invitations.revoke.mutate({ invitationId });
    },

    openConversation: async (id) => here().pages.open(id),
    loadOlder: async (id) => here().pages.older(id),
    send: (conversationId, text) => here().outbox.send(conversationId, text),
    retry: (id) => session?.outbox.retry(id),
    discard: (id) => session?.outbox.discard(id),
    markRead: (id, seq) => session?.reads.mark(id, seq),
    typing: (id) => session?.here.type(id),
    loadPresence: async (userIds) => here().here.load(userIds),

    wake: () => session?.wake(),
    async close() {
      session?.close();
      session = null;
      store.update((state) => ({ ...state, connection: nextConnection(state.connection, { type: 'close' }) }));
    },
  };
}
