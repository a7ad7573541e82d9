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
}

/** What has been seen: at once here, to the server one call at a time per conversation with the furthest seq (N1). */
export interface Reads {
  mark(conversationId: string, seq: number): void;
  flush(): void;
  close(): void;
}

export function createReads({ store, clock, random, mark }: ReadsOptions): Reads {
  const waiting = new Map<string, { wanted: number; told: number; busy: boolean; retry: Retry }>();

  async function tell(conversationId: string): Promise<void> {
    const read = waiting.get(conversationId);
    if (!read || read.busy) return;
    read.busy = true;
    while (read.wanted > read.told && !read.retry.waiting) {
      const seq = read.wanted;
      try {
        await mark({ conversationId, seq });
        read.told = seq;
        read.retry.reset();
      } catch (error) {
        const { retryable, retryAfter } = refusalOf(error);
        if (retryable) read.retry.later(() => void tell(conversationId), (retryAfter ?? 0) * 1_000);
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
      const read = waiting.get(conversationId) ?? { wanted: 0, told: 0, busy: false, retry: createRetry(clock, random) };
      read.wanted = Math.max(read.wanted, seq);
      waiting.set(conversationId, read);
      if (!read.retry.waiting) void tell(conversationId);
    },
    flush() {
      for (const [conversationId, read] of waiting) {
        read.retry.reset();
        void tell(conversationId);
      }
    },
    close() {
      for (const read of waiting.values()) read.retry.reset();
      waiting.clear();
    },
  };
}
