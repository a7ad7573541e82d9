import { performance } from 'node:perf_hooks';
import type { Lane } from '../lane/lane.ts';

/** A follower rests so many times as long as it worked when the process has nothing to spare. */
const restraint = 20;
/** Milliseconds of a rest at most, well within a lease. */
const longest = 4_000;
/** Shares of the event loop's time: below the first there is enough for all, from the second on there is none. */
const [easy, full] = [0.5, 0.8];

/**
 * What people wait for comes first: a follower that shares the process with their changes takes a few hundredths of it while it
 * is busy, and catches up when it is not. Without their changes it never rests. Gives the milliseconds to rest after work that `took` so long.
 */
export function createRestraint(lane: Pick<Lane, 'served'>, loadNow: () => number = measuredLoad()): (took: number) => number {
  let served = lane.served;
  return (took) => {
    const load = loadNow();
    const alone = lane.served === served;
    served = lane.served;
    const share = Math.min(1, Math.max(0, (load - easy) / (full - easy)));
    return alone ? 0 : Math.min(longest, took * restraint * share);
  };
}

/** The share of time that the event loop was at work since the last look, 0 to 1. */
function measuredLoad(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}
