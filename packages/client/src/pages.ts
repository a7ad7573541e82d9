import type { Conversation, Message, Page } from '@koreromai/contract';
import { holdConversation } from './held.ts';
import { refusalOf } from './refusal.ts';
import type { WritableStore } from './store.ts';
import { changeTimeline, emptyTimeline, isLoaded, withError, withNewest, withOlder, withoutTwins } from './timeline.ts';

export interface PagesOptions {
  store: WritableStore;
  conversation: (id: string) => Promise<Conversation>;
  conversations: (cursor: string) => Promise<Page<Conversation>>;
  messages: (id: string, cursor: string | null) => Promise<Page<Message>>;
}

/** Loading on demand: a conversation's newest messages, its older ones, more conversations. */
export interface Pages {
  open(id: string): Promise<void>;
  older(id: string): Promise<void>;
  moreConversations(): Promise<void>;
  /** Whether a screen has asked for it since this client began. */
  opened(id: string): boolean;
  /** The line is back: try again what a screen is still waiting for. */
  wake(): void;
}

export function createPages({ store, conversation, conversations, messages }: PagesOptions): Pages {
  const opening = new Map<string, Promise<void>>();
  const opened = new Set<string>();
  let listing: Promise<void> | null = null;

  async function load(id: string): Promise<void> {
    if (!store.get().conversations[id]) {
      const fresh = await conversation(id);
      store.update((state) => (state.conversations[id] ? state : holdConversation(state, fresh)));
    }
    const seq = store.get().conversations[id]?.seq ?? 0;
    store.update((state) => {
      const timeline = { ...(state.timelines[id] ?? emptyTimeline(seq)), loading: true, error: null };
      return state.conversations[id] ? { ...state, timelines: { ...state.timelines, [id]: timeline } } : state;
    });
    try {
      const page = await messages(id, null);
      store.update((state) =>
        withoutTwins(
          changeTimeline(state, id, (timeline) => withNewest(timeline, page, seq)),
          page.items,
        ),
      );
    } catch (error) {
      store.update((state) => changeTimeline(state, id, (timeline) => withError(timeline, refusalOf(error))));
    }
  }

  function open(id: string): Promise<void> {
    const timeline = store.get().timelines[id];
    opened.add(id);
    if (timeline && (isLoaded(timeline) || (timeline.loading && !timeline.error))) return opening.get(id) ?? Promise.resolve();
    const loading = opening.get(id) ?? load(id).finally(() => opening.delete(id));
    opening.set(id, loading);
    return loading;
  }

  return {
    open,
    opened: (id) => opened.has(id),
    async older(id) {
      const timeline = store.get().timelines[id];
      const cursor = timeline?.nextCursor;
      if (!cursor || timeline?.loading) return;
      store.update((state) => changeTimeline(state, id, (held) => ({ ...held, loading: true, error: null })));
      try {
        const page = await messages(id, cursor);
        store.update((state) => changeTimeline(state, id, (held) => withOlder(held, page, cursor)));
      } catch (error) {
        store.update((state) => changeTimeline(state, id, (held) => withError(held, refusalOf(error))));
      }
    },
    moreConversations() {
      const cursor = store.get().moreConversations;
      if (cursor === null) return Promise.resolve();
      listing ??= conversations(cursor)
        .then((page) => {
          store.update((state) => {
            if (state.moreConversations !== cursor) return state; // a fresh snapshot came meanwhile
            const all = page.items.filter((item) => !state.conversations[item.id]).reduce(holdConversation, state);
            return { ...all, moreConversations: page.nextCursor };
          });
        })
        .finally(() => {
          listing = null;
        });
      return listing;
    },
    wake() {
      for (const [id, timeline] of Object.entries(store.get().timelines)) if (timeline.error?.retryable) void open(id).catch(() => {});
    },
  };
}
