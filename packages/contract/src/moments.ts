const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;
const longestOffset = 16 * 3_600_000;

/**
 * Milliseconds since 1970 of an RFC 3339 instant, or of the first instant of a date in a time zone.
 * Null when it is neither, when there is no such day, or no such zone.
 */
export function momentOf(raw: string, tz: string): number | null {
  const dayIn = localDay(tz);
  if (dayIn === null) return null;
  const [, year, month, date] = day.exec(raw) ?? [];
  if (year === undefined) return instant.test(raw) && isDay(raw.slice(0, 10)) ? orNull(Date.parse(raw)) : null;
  if (!isDay(raw)) return null;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(date));
  let [low, high] = [midnight - longestOffset, midnight + longestOffset];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayIn(middle) < raw) low = middle;
    else high = middle;
  }
  return high;
}

const orNull = (ms: number) => (Number.isNaN(ms) ? null : ms);

/** 2026-02-30 is no day, though `Date` would take it for the second of March. Years below 1000 are typing errors. */
function isDay(raw: string): boolean {
  const ms = Date.parse(`${raw}T00:00:00Z`);
  return raw >= '1000' && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(raw);
}

/** Tells the date of an instant as people in that zone write it; null for a zone that nobody knows. */
function localDay(tz: string): ((ms: number) => string) | null {
  try {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: tz,
      calendar: 'iso8601',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return (ms) => format.format(ms);
  } catch {
    return null; // RangeError: the one way to ask whether a zone exists
  }
}
