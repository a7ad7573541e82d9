import type { Clock } from './clock.ts';

const first = 500;
const longest = 30_000;

/** Milliseconds to wait before try `attempt` (0, 1, 2 …): doubling, with full jitter so that a crowd does not come back at once. */
export const backoff = (attempt: number, random: () => number): number => Math.round(random() * Math.min(longest, first * 2 ** attempt));

export interface Retry {
  /** Runs `work` after the next, longer, wait; at least `atLeast` milliseconds. Replaces what was waiting. */
  later(work: () => void, atLeast?: number): void;
  /** Runs what waits at once. */
  wake(): void;
  readonly waiting: boolean;
  /** It went well: the next wait is short again, and nothing waits. */
  reset(): void;
}

export function createRetry(clock: Clock, random: () => number): Retry {
  let attempt = 0;
  let waiting: { work: () => void; cancel: () => void } | null = null;
  const take = () => {
    const { work, cancel } = waiting ?? {};
    cancel?.();
    waiting = null;
    return work;
  };
  return {
    later(work, atLeast = 0) {
      take();
      const cancel = clock.after(Math.max(atLeast, backoff(attempt++, random)), () => take()?.());
      waiting = { work, cancel };
    },
    wake: () => take()?.(),
    get waiting() {
      return waiting !== null;
    },
    reset() {
      attempt = 0;
      take();
    },
  };
}
