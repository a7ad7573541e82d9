import { like } from '@koreromai/contract';
import type { Clock } from './clock.ts';
import type { Line } from './connect.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createHere, type Here } from './here.ts';
import { keepOutbox, type OutboxStorage, recall } from './keep.ts';
import { createLive } from './live.ts';
import { createMessages, type Messages } from './messages.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPages, type Pages } from './pages.ts';
import { createReads, type Reads } from './reads.ts';
import { createReceipts, type Receipts } from './receipts.ts';
import { createRepair } from './repair.ts';
import { scoped, type WritableStore } from './store.ts';
import { createWishes, type Wishes } from './wishes.ts';

export interface SessionOptions {
  store: WritableStore;
  line: Line;
  clock: Clock;
  random: () => number;
  storage: OutboxStorage | null;
  onRevoked: () => void;
}

/** All that lives from signing in to signing out. When it is closed, answers still on their way reach nobody. */
export interface Session {
  /** True with the first snapshot; false when the session ends before it. */
  readonly ready: Promise<boolean>;
  readonly outbox: Outbox;
  readonly reads: Reads;
  readonly here: Here;
  readonly messages: Messages;
  readonly wishes: Wishes;
  readonly drafts: Drafts;
  readonly receipts: Receipts;
  readonly pages: Pages;
  watch(roomIds: readonly string[]): void;
  wake(): void;
  close(): void;
}

export function createSession({ line, clock, random, storage, onRevoked, ...options }: SessionOptions): Session {
  const { store, end } = scoped(options.store);
  const { api } = line;
  let resolve = (_begun: boolean) => {};
  const ready = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  const conversation = (conversationId: string) => api.conversations.get.query({ conversationId });
  const pageOf = (conversationId: string, cursor: string | null) => api.messages.list.query({ conversationId, cursor });
  const deps = { store, clock, random };

  const outbox = createOutbox({ ...deps, post: (entry) => api.messages.post.mutate(entry) });
  const reads = createReads({
    ...deps,
    mark: (read) => api.reads.mark.mutate(read),
    unmark: (unread) => api.reads.unread.mutate(unread),
  });
  const talk = createMessages({ store, clock, api });
  const wishes = createWishes({ ...deps, tell: (wish) => reactionOf(api, wish) });
  const drafts = createDrafts({
    ...deps,
    page: (cursor) => api.drafts.list.query({ cursor, limit: 100 }),
    tell: (draft) => api.drafts.set.mutate(draft),
  });
  const receipts = createReceipts({ store, page: (conversationId, cursor) => api.reads.list.query({ conversationId, cursor }) });
  const here = createHere({
    store,
    clock,
    typing: (conversationId) => api.presence.typing.mutate({ conversationId }),
    presence: (userIds) => api.presence.list.query({ userIds }),
  });
  const pages = createPages({
    store,
    conversation,
    messages: pageOf,
    conversations: (cursor) => api.conversations.list.query({ cursor, hidden: true }),
  });
  const repair = createRepair({
    ...deps,
    conversation,
    newest: (id) => pageOf(id, null),
    deliver(frames) {
      for (const frame of frames) live.take(frame, null);
    },
  });
  const live = createLive({
    ...deps,
    line,
    repair,
    onRevoked,
    onSnapshot() {
      resolve(true);
      void remember();
    },
    onUp() {
      repair.wake();
      pages.wake();
      outbox.flush();
      reads.flush();
      for (const part of [here, drafts, receipts]) part.wake();
      wishes.flush();
    },
  });

  let remembered = storage === null;
  async function remember(): Promise<void> {
    const { me } = store.get();
    if (!storage || !me || remembered) return;
    remembered = true;
    const kept = await recall(storage, me.id);
    store.update((state) => ({ ...state, outbox: [...kept, ...state.outbox] }));
    keepOutbox(store, storage);
    outbox.flush();
  }

  live.begin();
  return {
    ready,
    outbox,
    reads,
    here,
    pages,
    messages: talk,
    ...{ wishes, drafts, receipts },
    watch: live.watch,
    wake: live.wake,
    close() {
      end();
      for (const part of [live, repair, outbox, reads, wishes, drafts]) part.close();
      resolve(false);
    },
  };
}

/** Likes have doors of their own. */
function reactionOf({ reactions }: Line['api'], { messageId, emoji, on }: { messageId: string; emoji: string; on: boolean }) {
  if (emoji === like) return on ? reactions.like.mutate({ messageId }) : reactions.unlike.mutate({ messageId });
  return on ? reactions.add.mutate({ messageId, emoji }) : reactions.remove.mutate({ messageId, emoji });
}
