import { Refusal } from '@koreromai/contract';
import { bytesOf, faultOf, newId } from '@koreromai/db';
import type { LogEvent } from '../log/event.ts';
import type { FollowerOptions } from './follower.ts';
import type { Effect } from './lease.ts';

/** Never due: kept for a person to look at. */
export const setAsideAt = Number.MAX_SAFE_INTEGER;

const longestPause = 60_000;

/**
 * What a follower does when `handle` fails: it waits longer each time, goes event by event to find the one that is to blame,
 * and after `patience` tries of that one sets it aside: a row of `job` with kind `setaside` keeps its pos, and `onFault` hears of it.
 * A database that is away or busy is nobody's blame and is waited for without counting.
 */
export function createTrouble(options: Pick<FollowerOptions, 'name' | 'onFault' | 'patience' | 'pause'>) {
  const { name, onFault, patience = 10 } = options;
  const closing = Promise.withResolvers<void>();
  const pause = options.pause ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()));
  let narrowTo = 0;
  let waits = 0;
  let tries = 0;
  let last: unknown;

  return {
    /** Beyond `pos` events go one by one, up to the end of the batch that failed. */
    narrow: (pos: number) => pos < narrowTo,
    /** `inHand` is what was being handled, none where something else failed. */
    async with(error: unknown, inHand: readonly LogEvent[]): Promise<void> {
      onFault(error);
      last = error;
      if (!isPassing(error)) {
        if (inHand.length === 1) tries++;
        narrowTo = Math.max(narrowTo, inHand.at(-1)?.pos ?? 0);
      }
      await Promise.race([pause(Math.min(longestPause, 100 * 2 ** waits++)), closing.promise]);
    },
    over(): void {
      waits = tries = 0;
    },
    /** What is written in place of the event's effect when it has been tried often enough. */
    hopeless(event: LogEvent): Effect | null {
      if (tries < patience) return null;
      const data = JSON.stringify({ follower: name, pos: event.pos, type: event.type, error: String(last).slice(0, 500) }).slice(0, 1_000);
      onFault(new Error(`The follower ${name} set the event at pos ${event.pos} aside after ${tries} tries.`, { cause: last }));
      return (draft) =>
        draft.insert('job', {
          id: bytesOf(newId(draft.now)),
          kind: 'setaside',
          subject_id: event.subject ? bytesOf(event.subject) : null,
          data,
          run_after: setAsideAt,
          created_at: draft.now,
        });
    },
    /** Ends a pause. */
    close: () => closing.resolve(),
  };
}

/** The database is busy, away or full, or the lane is closing: the event is not to blame. */
function isPassing(error: unknown): boolean {
  if (error instanceof Refusal) return error.code === 'BUSY' || error.code === 'DRAINING' || error.code === 'STORAGE_FULL';
  const fault = faultOf(error);
  return fault === 'retry' || fault === 'lost' || fault === 'full';
}
