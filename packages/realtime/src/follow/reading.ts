import type { LogEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';

/** Stretches of the log that are kept at once. */
const most = 8;

interface Stretch {
  readonly after: number;
  readonly events: readonly LogEvent[];
}

interface Reading {
  readonly after: number;
  readonly limit: number;
  /** Of all askings and readings, the how manieth. */
  readonly turn: number;
  /** Null where it failed: whoever waits for it asks for themselves. */
  readonly read: Promise<readonly LogEvent[] | null>;
}

/**
 * The log as several followers of one process read it: what one of them has read, or is reading, the next ones need not ask for. Gives at least
 * one event where there is one, and perhaps fewer than `limit` although there are more. Sound because the log only grows.
 */
export function sharedReading(log: Pick<Log, 'head' | 'everything'>): Pick<Log, 'head' | 'everything'> {
  const kept: Stretch[] = [];
  const readings = new Set<Reading>();
  let turns = 0;

  function found(after: number, limit: number): LogEvent[] | null {
    const stretch = kept.find(({ after: from, events }) => from <= after && after < (events.at(-1)?.pos ?? 0));
    if (!stretch) return null;
    const from = stretch.events.findIndex(({ pos }) => pos > after);
    return stretch.events.slice(from, from + limit);
  }

  async function read(after: number, limit: number): Promise<LogEvent[]> {
    const asked = log.everything(after, limit);
    const reading: Reading = { after, limit, turn: ++turns, read: asked.catch(() => null) };
    readings.add(reading);
    try {
      const events = await asked;
      if (events.length > 0 && kept.push({ after, events }) > most) kept.shift();
      return events;
    } finally {
      readings.delete(reading);
    }
  }

  return {
    head: () => log.head(),
    async everything(after, limit) {
      const asked = ++turns;
      for (;;) {
        const events = found(after, limit);
        if (events) return events;
        const reading = [...readings].find((one) => one.after <= after && after < one.after + one.limit);
        if (!reading) return read(after, limit);
        const none = (await reading.read)?.length === 0;
        // Only of one that began later: what the asker was woken for may have come behind an earlier one.
        if (none && reading.turn > asked) return [];
      }
    },
  };
}
