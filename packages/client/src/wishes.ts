import { isMine, messageIn, wished } from './changed.ts';
import type { Clock } from './clock.ts';
import { refusalOf } from './refusal.ts';
import { createRetry, type Retry } from './retry.ts';
import type { WritableStore } from './store.ts';

export interface WishesOptions {
  store: WritableStore;
  clock: Clock;
  random: () => number;
  tell: (wish: Wished) => Promise<unknown>;
}

/** What somebody wants to be true of their reaction. */
export interface Wished {
  readonly messageId: string;
  readonly emoji: string;
  readonly on: boolean;
}

/** My reactions: at once here, one call at a time for each, and the last wish stands (UI19). */
export interface Wishes {
  /** Resolves when the server has it, rejects when it refused and the reaction is as it was. Through network failures it goes on trying. */
  set(messageId: string, emoji: string, on: boolean): Promise<void>;
  /** What the server has not confirmed yet. */
  pending(): Wished[];
  /** Takes up again what was pending before a restart: it shows already. */
  recall(wishes: readonly Wished[]): void;
  flush(): void;
  close(): void;
}

interface Wish {
  readonly messageId: string;
  readonly conversationId: string;
  readonly emoji: string;
  on: boolean;
  /** What the server has, as far as it has answered. */
  truth: boolean;
  busy: boolean;
  readonly retry: Retry;
  readonly done: Promise<void>;
  readonly settle: { resolve: () => void; reject: (error: unknown) => void };
}

export function createWishes({ store, clock, random, tell }: WishesOptions): Wishes {
  const open = new Map<string, Wish>();
  const show = ({ conversationId, messageId, emoji }: Wish, on: boolean) =>
    store.update((state) => wished(state, conversationId, messageId, emoji, on));
  // An event that tells of an earlier state must not undo, not even for a moment, what was chosen since.
  const end = store.subscribe(() => {
    for (const wish of open.values()) show(wish, wish.on);
  });

  async function run(key: string, wish: Wish): Promise<void> {
    if (wish.busy || wish.retry.waiting) return;
    wish.busy = true;
    try {
      while (wish.truth !== wish.on) {
        const { messageId, emoji, on } = wish;
        await tell({ messageId, emoji, on });
        wish.truth = on;
      }
      open.delete(key);
      wish.settle.resolve();
    } catch (error) {
      const { retryable, retryAfter } = refusalOf(error);
      wish.busy = false;
      if (retryable) return wish.retry.later(() => void run(key, wish), (retryAfter ?? 0) * 1_000);
      open.delete(key);
      show(wish, wish.truth);
      wish.settle.reject(error);
    }
  }

  function begin(key: string, messageId: string, emoji: string): Wish | null {
    const message = messageIn(store.get(), messageId);
    if (!message) return null;
    const settle = { resolve: () => {}, reject: (_error: unknown) => {} };
    const done = new Promise<void>((resolve, reject) => Object.assign(settle, { resolve, reject }));
    const { conversationId } = message;
    const truth = isMine(message, emoji);
    const wish = { messageId, conversationId, emoji, on: truth, truth, busy: false, retry: createRetry(clock, random), done, settle };
    open.set(key, wish);
    return wish;
  }

  return {
    async set(messageId, emoji, on) {
      const key = `${messageId} ${emoji}`;
      const wish = open.get(key) ?? begin(key, messageId, emoji);
      if (!wish) return void (await tell({ messageId, emoji, on })); // nothing of it is shown here
      wish.on = on;
      show(wish, on);
      void run(key, wish);
      return wish.done;
    },
    pending: () => [...open.values()].map(({ messageId, emoji, on }) => ({ messageId, emoji, on })),
    recall(wishes) {
      for (const { messageId, emoji, on } of wishes) {
        const key = `${messageId} ${emoji}`;
        const wish = open.get(key) ?? begin(key, messageId, emoji);
        if (!wish) {
          tell({ messageId, emoji, on }).catch(() => {}); // nothing of it is shown here, and nobody waits for it
          continue;
        }
        Object.assign(wish, { on, truth: !on });
        wish.done.catch(() => {}); // nobody waits for it any more
        show(wish, on);
        void run(key, wish);
      }
    },
    flush() {
      for (const wish of open.values()) wish.retry.wake();
    },
    close() {
      end();
      for (const wish of open.values()) wish.retry.reset();
      open.clear();
    },
  };
}
