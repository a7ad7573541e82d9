import { type Conversation, like, Refusal } from '@koreromai/contract';
import { systemClock } from './clock.ts';
import { createLine } from './connect.ts';
import { nextConnection } from './connection.ts';
import { dropConversation, holdConversation } from './held.ts';
import { loadRelations } from './relations.ts';
import { createSession, type Session } from './session.ts';
import type { Client, ClientOptions } from './shape.ts';
import { emptyState } from './state.ts';
import { createStore } from './store.ts';

/** Makes a client. Nothing is asked of the server until a method is called. */
export function createClient(options: ClientOptions): Client {
  const { clock = systemClock, random = Math.random, storage = null, shelf = null } = options;
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

  function begin(afresh = false): Promise<boolean> {
    session?.close();
    if (store.get().connection.status === 'closed') throw new Refusal('UNAUTHENTICATED');
    store.update(() => ({ ...emptyState, connection: { status: 'connecting' } }));
    session = createSession({
      ...{ store, line, clock, random, storage, shelf, afresh },
      onRevoked: () => end(ended()),
      onStranger() {
        void forget();
        void begin(true);
      },
    });
    return session.ready;
  }
  /** Of a session that was ended from elsewhere only unsent words stay, for when their author comes back. */
  async function forget(words = false): Promise<void> {
    await Promise.all([shelf?.clear(), words ? storage?.clear() : null]).catch(() => {}); // out of reach: it cannot be read either
  }
  function end(reason: 'none' | 'chosen' | 'ended'): void {
    session?.close();
    session = null;
    if (reason === 'ended') void forget();
    store.update((state) => ({ ...emptyState, connection: nextConnection(state.connection, { type: 'out', reason }) }));
  }
  function here(): Session {
    if (!session) throw new Refusal('UNAUTHENTICATED');
    return session;
  }
  /** A browser has the cookie, and its scripts have no business with the token. */
  async function enter(token: string): Promise<void> {
    if (!('document' in globalThis)) line.identify(token);
    await begin(true);
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
      await forget(true);
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
    send: (conversationId, text, enclosed) => here().outbox.send(conversationId, text, enclosed),
    retry: (id) => session?.outbox.retry(id),
    discard: (id) => session?.outbox.discard(id),
    edit: async (id, text) => here().messages.edit(id, text),
    deleteForEveryone: async (id) => here().messages.deleteForEveryone(id),
    hide: async (id) => here().messages.hide(id),
    unhide: async (id) => here().messages.unhide(id),
    react: async (id, emoji) => here().wishes.set(id, emoji, true),
    unreact: async (id, emoji) => here().wishes.set(id, emoji, false),
    like: async (id) => here().wishes.set(id, like, true),
    unlike: async (id) => here().wishes.set(id, like, false),
    markRead: (id, seq) => session?.reads.mark(id, seq),
    markUnread: async (id, seq) => here().reads.unmark(id, seq),
    loadReadBy: async (id) => here().receipts.load(id),
    loadDrafts: async () => here().drafts.load(),
    writeDraft: async (id, text) => here().drafts.write(id, text),
    typing: (id) => session?.here.type(id),
    loadPresence: async (userIds) => here().here.load(userIds),
    watchRooms: (ids) => here().watch(ids),

    wake: () => session?.wake(),
    keep: async () => session?.keep(),
    async close() {
      const kept = session?.keep();
      session?.close();
      session = null;
      store.update((state) => ({ ...state, connection: nextConnection(state.connection, { type: 'close' }) }));
      await kept;
    },
  };
}
