import { performance } from 'node:perf_hooks';
import type { Lane } from '../lane/lane.ts';

/** All followers of a process together rest so many times as long as they worked when the process has nothing to spare. */
const restraint = 20;
/** Milliseconds of a rest at most, well within a lease. */
const longest = 4_000;
/** Shares of the event loop's time: below the first there is enough for all, from the second on there is none. */
const [easy, full] = [0.5, 0.8];
/** The share of its batch that a follower handles at once while others are served: each step holds up whoever speaks meanwhile. */
const part = 1 / 4;
/** Milliseconds over which it is told who else is served, and how much there is to do: a shorter while may have been nothing but a step of our own. */
const lately = 250;

/**
 * What people wait for comes first: followers that share the process with their changes take a few hundredths of it while it is busy, all of
 * them together and a little at a time, and catch up when it is not. Without people's changes they never rest.
 */
export interface Restraint {
  /** Of so many events, how many may be handled at once now. */
  most(batch: number): number;
  /** Milliseconds that one of them rests after work that `took` so long. */
  rest(took: number): number;
}

export interface RestraintOptions {
  readonly lane: Pick<Lane, 'served'>;
  /** The share of its time that the process is at work, 0 to 1. */
  readonly load?: () => number;
  /** Milliseconds on a clock that only goes forward. */
  readonly clock?: () => number;
}

export function createRestraint({ lane, clock = () => performance.now(), load = measuredLoad(clock) }: RestraintOptions): Restraint {
  let served = lane.served;
  let servedAt = Number.NEGATIVE_INFINITY;
  let free = 0; // when all have rested for what all have done
  const alone = () => {
    if (lane.served !== served) servedAt = clock();
    served = lane.served;
    return clock() - servedAt >= lately;
  };
  return {
    most: (batch) => (alone() ? batch : Math.ceil(batch * part)),
    rest(took) {
      if (alone()) return 0;
      const share = Math.min(1, Math.max(0, (load() - easy) / (full - easy)));
      const now = clock();
      if (share === 0) free = now;
      free = Math.min(now + longest, Math.max(now, free) + took * restraint * share);
      return free - now;
    },
  };
}

/** The share of time that the event loop was at work lately, 0 to 1. */
function measuredLoad(clock: () => number): () => number {
  let since = clock();
  let before = performance.eventLoopUtilization();
  let load = 0;
  return () => {
    if (clock() - since < lately) return load;
    const now = performance.eventLoopUtilization();
    load = performance.eventLoopUtilization(now, before).utilization;
    before = now;
    since = clock();
    return load;
  };
}
