import { like } from '@koreromai/contract';
import type { Clock } from './clock.ts';
import type { Line } from './connect.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createHere, type Here } from './here.ts';
import { type Keeping, keepOutbox, type OutboxStorage } from './keep.ts';
import { createLive } from './live.ts';
import { createMessages, type Messages } from './messages.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPages, type Pages } from './pages.ts';
import { createReads, type Reads } from './reads.ts';
import { createReceipts, type Receipts } from './receipts.ts';
import { createRepair } from './repair.ts';
import { fromShelf, type Recalled, type Shelf } from './shelf.ts';
import { createShelving, type Shelving } from './shelving.ts';
import { scoped, type WritableStore } from './store.ts';
import { createWishes, type Wishes } from './wishes.ts';

export interface SessionOptions {
  store: WritableStore;
  line: Line;
  clock: Clock;
  random: () => number;
  storage: OutboxStorage | null;
  shelf: Shelf | null;
  /** Somebody has just signed in: what lies on the shelf is not looked at. */
  afresh: boolean;
  onRevoked: () => void;
  onStranger: () => void;
}

/** All that lives from signing in to signing out. When it is closed, answers still on their way reach nobody. */
export interface Session {
  /** True with the first state to show; false when the session ends before it. */
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
  /** Writes to the shelf at once. */
  keep(): Promise<void>;
  close(): void;
}

export function createSession({ line, clock, random, storage, shelf, onRevoked, onStranger, ...options }: SessionOptions): Session {
  const { store, end } = scoped(options.store);
  const { api } = line;
  let resolve = (_begun: boolean) => {};
  const ready = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  const conversation = (conversationId: string) => api.conversations.get.query({ conversationId });
  const pageOf = (conversationId: string, cursor: string | null) => api.messages.list.query({ conversationId, cursor });
  const deps = { store, clock, random };

  let turn = storage?.turn === undefined;
  let mine = turn; // and what others have left is here
  const outbox = createOutbox({
    ...deps,
    mine: () => mine,
    async post(entry) {
      await keeping?.done(); // a crash behind this line may send it a second time under the same id, and never loses it
      return api.messages.post.mutate(entry);
    },
  });
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
    onStranger,
    opened: pages.opened,
    onSnapshot(continued) {
      const before = recalled;
      recalled = null;
      if (before) takeUp(before, continued);
      shown();
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

  /** What was under way before a restart, until the server has said who asks. */
  let recalled: Recalled | null = null;
  function takeUp({ head }: Recalled, continued: boolean): void {
    if (continued) for (const id of head.unsure) repair.ask(id);
    reads.recall(head.reads);
    wishes.recall(head.wishes);
  }

  let keeping: Keeping | null = null;
  let shelving: Shelving | null = null;
  let leave = () => {};
  /** There is a state to show, and it is known whose. */
  function shown(): void {
    resolve(true);
    const { me } = store.get();
    if (!me || keeping || shelving) return;
    if (storage) {
      const kept = keepOutbox({ store, clock, storage, userId: me.id, mine: () => turn });
      keeping = kept;
      const take = async () => {
        await kept.again();
        mine = turn;
        outbox.flush();
      };
      void take();
      leave =
        storage.turn?.wait((now) => {
          turn = now;
          if (now) void take();
          else mine = false;
        }) ?? leave;
    }
    if (shelf) shelving = createShelving({ store, clock, shelf, underWay });
  }
  function underWay() {
    if (!live.whole) return null;
    const { unsure = [], reads: read = {}, wishes: wished = [] } = recalled?.head ?? {};
    return {
      unsure: [...new Set([...unsure, ...repair.pending(), ...talk.pending()])],
      reads: { ...read, ...reads.pending() },
      wishes: [...wished, ...wishes.pending()],
      drafts: drafts.settled(), // words that are sent are first gone, then told to be: kept in between, they would come back
    };
  }
  /** The person writes here, so this is the client that sends. */
  const take = () => {
    if (!mine) storage?.turn?.take();
  };

  let closed = false;
  async function start(from: Shelf): Promise<void> {
    recalled = fromShelf(await from.load().catch(() => null));
    if (closed) return;
    const { state, head } = recalled ?? {};
    if (state) {
      store.update(({ connection }) => ({ ...state, connection }));
      shown();
    }
    live.begin(head?.continues);
  }
  if (shelf && !options.afresh) void start(shelf);
  else live.begin();

  return {
    ready,
    outbox: {
      ...outbox,
      send(...given) {
        take();
        return outbox.send(...given);
      },
      retry(id) {
        take();
        outbox.retry(id);
      },
    },
    reads,
    here,
    pages,
    messages: talk,
    ...{ wishes, drafts, receipts },
    watch: live.watch,
    wake: live.wake,
    keep: async () => shelving?.now(),
    close() {
      closed = true;
      end();
      leave();
      for (const part of [keeping, shelving]) part?.close();
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
