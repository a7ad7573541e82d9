const hour = 3_600_000;
export const day = 24 * hour;

/** The clocks of one place. Instants are milliseconds since 1970, days are local dates counted from 1970-01-01. */
export interface Zone {
  readonly name: string;
  /** Milliseconds by which local clocks are ahead of UTC. */
  offsetAt(instant: number): number;
  dayOf(instant: number): number;
  /** The first instant of a local date: not midnight where the clocks jump over it. */
  firstInstantOf(day: number): number;
  /** The first instant after `from` and not after `to` at which the clocks were moved; null where they were not. At most a day apart. */
  movedBetween(from: number, to: number): number | null;
}

const known = new Map<string, Zone>(); // bounded by the names that exist

/** A zone by its name in the IANA database, in any case of letters; null when there is none. */
export function zoneNamed(name: string): Zone | null {
  const found = known.get(name);
  if (found) return found;
  const clock = clockOf(name);
  if (clock === null) return null;
  const zone = createZone(clock.resolvedOptions().timeZone, clock);
  known.set(name, zone);
  return zone;
}

function clockOf(timeZone: string): Intl.DateTimeFormat | null {
  if (!/^[A-Za-z]/.test(timeZone)) return null; // bare offsets are no names
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', hourCycle: 'h23', era: 'short', ...numeric });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function createZone(name: string, clock: Intl.DateTimeFormat): Zone {
  function offsetAt(instant: number): number {
    const parts = Object.fromEntries(clock.formatToParts(instant).map((p) => [p.type, p.value]));
    const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
    const local = new Date(0).setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
    const clockTime = (Number(parts.hour) * 60 + Number(parts.minute)) * 60_000 + Number(parts.second) * 1_000;
    return local + clockTime - Math.floor(instant / 1_000) * 1_000;
  }

  function movedBetween(from: number, to: number): number | null {
    const before = offsetAt(from);
    if (offsetAt(to) === before) return null;
    let [low, high] = [from, to];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  return {
    name,
    offsetAt,
    movedBetween,
    dayOf: (instant) => Math.floor((instant + offsetAt(instant)) / day),
    firstInstantOf(date) {
      const midnight = date * day;
      const [low, high] = [midnight - 15 * hour, midnight + 13 * hour]; // no clock is further from UTC
      const moved = movedBetween(low, high);
      const early = midnight - offsetAt(low);
      if (moved === null || early < moved) return early;
      return Math.max(moved, midnight - offsetAt(high));
    },
  };
}
