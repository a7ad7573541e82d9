import type { LogEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';

/** Stretches of the log that are kept at once. */
const most = 8;

interface Stretch {
  readonly after: number;
  readonly events: readonly LogEvent[];
}

/**
 * The log as several followers of one process read it: what one of them has just read the next ones need not ask for. Gives at least one event
 * where there is one, and perhaps fewer than `limit` although there are more. Sound because the log only grows.
 */
export function sharedReading(log: Pick<Log, 'head' | 'everything'>): Pick<Log, 'head' | 'everything'> {
  const kept: Stretch[] = [];
  return {
    head: () => log.head(),
    async everything(after, limit) {
      for (const stretch of kept) {
        if (after < stretch.after || after >= (stretch.events.at(-1)?.pos ?? 0)) continue;
        const from = stretch.events.findIndex(({ pos }) => pos > after);
        return stretch.events.slice(from, from + limit);
      }
      const events = await log.everything(after, limit);
      if (events.length > 0 && kept.push({ after, events }) > most) kept.shift();
      return events;
    },
  };
}
