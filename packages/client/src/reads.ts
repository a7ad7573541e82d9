import type { Clock } from './clock.ts';
import { readTo } from './reading.ts';
import { refusalOf } from './refusal.ts';
import { createRetry, type Retry } from './retry.ts';
import type { WritableStore } from './store.ts';

export interface ReadsOptions {
  store: WritableStore;
  clock: Clock;
  random: () => number;
  mark: (read: { conversationId: string; seq: number }) => Promise<unknown>;
  unmark: (unread: { conversationId: string; seq: number }) => Promise<unknown>;
}

/** What has been seen: at once here, to the server one call at a time per conversation with the furthest seq (N1). */
export interface Reads {
  mark(conversationId: string, seq: number): void;
  /** From `seq` on it is unread again, behind whatever is being told. Rejects when the server did not take it. */
  unmark(conversationId: string, seq: number): Promise<void>;
  /** By conversation: how far was read that the server has not confirmed yet. */
  pending(): Record<string, number>;
  /** Tells again what was pending before a restart: it shows already. */
  recall(reads: Readonly<Record<string, number>>): void;
  flush(): void;
  close(): void;
}

interface Waiting {
  wanted: number;
  told: number;
  busy: boolean;
  telling: Promise<void>;
  readonly retry: Retry;
}

export function createReads({ store, clock, random, mark, unmark }: ReadsOptions): Reads {
  const waiting = new Map<string, Waiting>();

  const fresh = (): Waiting => ({ wanted: 0, told: 0, busy: false, telling: Promise.resolve(), retry: createRetry(clock, random) });

  function begin(conversationId: string): void {
    const read = waiting.get(conversationId);
    if (read && !read.busy && !read.retry.waiting) read.telling = tell(conversationId, read);
  }

  async function tell(conversationId: string, read: Waiting): Promise<void> {
    read.busy = true;
    while (read.wanted > read.told && !read.retry.waiting) {
      const seq = read.wanted;
      try {
        await mark({ conversationId, seq });
        read.told = seq;
        read.retry.reset();
      } catch (error) {
        const { retryable, retryAfter } = refusalOf(error);
        if (retryable) read.retry.later(() => begin(conversationId), (retryAfter ?? 0) * 1_000);
        else read.told = seq; // gone, or not theirs any more: nobody waits for this mark
      }
    }
    read.busy = false;
  }

  return {
    mark(conversationId, asked) {
      const held = store.get().conversations[conversationId];
      const seq = Math.min(asked, held?.seq ?? 0);
      if (!held || seq <= held.lastReadSeq) return;
      store.update((state) => readTo(state, conversationId, seq).state);
      const read = waiting.get(conversationId) ?? fresh();
      if (read.told > held.lastReadSeq) Object.assign(read, { wanted: 0, told: 0 }); // marked as unread since
      read.wanted = Math.max(read.wanted, seq);
      waiting.set(conversationId, read);
      begin(conversationId);
    },
    async unmark(conversationId, seq) {
      const read = waiting.get(conversationId);
      if (read) {
        read.retry.reset();
        read.wanted = 0; // what was read until now is taken back
        await read.telling;
        read.retry.reset();
        waiting.delete(conversationId);
      }
      await unmark({ conversationId, seq });
    },
    pending: () => Object.fromEntries([...waiting].filter(([, { wanted, told }]) => wanted > told).map(([id, { wanted }]) => [id, wanted])),
    recall(reads) {
      for (const [conversationId, wanted] of Object.entries(reads)) {
        if (!store.get().conversations[conversationId] || waiting.has(conversationId)) continue;
        waiting.set(conversationId, { ...fresh(), wanted });
        begin(conversationId);
      }
    },
    flush() {
      for (const [conversationId, read] of waiting) {
        read.retry.reset();
        begin(conversationId);
      }
    },
    close() {
      for (const read of waiting.values()) read.retry.reset();
      waiting.clear();
    },
  };
}
