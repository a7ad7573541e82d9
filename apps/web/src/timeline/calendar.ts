import { dateFormat } from '../language/dates.ts';
import { t } from './words.ts';

export interface Calendar {
  /** The day of an instant where the reader is, as `2026-11-21`. */
  dayOf(instant: string | number): string;
  /** "Today", "Yesterday" or the full date. */
  dayName(day: string, now: number): string;
  /** "14:05" or "2:05 pm", as the reader's language has it. */
  time(instant: string | number): string;
  /** For the list of conversations: time today, "Yesterday", then weekday, then date. */
  brief(instant: string, now: number): string;
  full(instant: string): string;
}

const DAY = 86_400_000;
const QUARTER = 900_000;
const MOST_KNOWN = 1_000;

/** Formatters are dear to make, so they are made once per zone; each follows the chosen language. */
export function makeCalendar(zone: string | undefined): Calendar {
  const format = (options: Intl.DateTimeFormatOptions) => dateFormat(options, zone);
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  const clock = format({ hour: 'numeric', minute: '2-digit' });
  const exact = format({ dateStyle: 'full', timeStyle: 'short' });
  // A day is a date without a zone, so it is named in UTC: naming it in the reader's zone could shift it.
  const inUtc = (options: Intl.DateTimeFormatOptions) => dateFormat(options, 'UTC');
  const thisYear = inUtc({ weekday: 'long', day: 'numeric', month: 'long' });
  const otherYear = inUtc({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = inUtc({ weekday: 'short' });
  const short = inUtc({ day: 'numeric', month: 'short' });
  const shortYear = inUtc({ day: 'numeric', month: 'short', year: 'numeric' });

  // Every message is asked for its day whenever one is added; all clocks of the world change days at a quarter of an hour.
  const known = new Map<number, string>();
  const dayOf = (instant: string | number) => {
    const quarter = Math.floor(new Date(instant).getTime() / QUARTER);
    const day = known.get(quarter) ?? parts.format(new Date(instant));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(quarter, day);
    return day;
  };
  const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);
  const daysAgo = (day: string, now: number) => Math.round((midnight(dayOf(now)) - midnight(day)) / DAY);
  const sameYear = (day: string, now: number) => day.slice(0, 4) === dayOf(now).slice(0, 4);

  return {
    dayOf,
    dayName(day, now) {
      const ago = daysAgo(day, now);
      if (ago === 0) return t('today');
      if (ago === 1) return t('yesterday');
      return (sameYear(day, now) ? thisYear : otherYear)(midnight(day));
    },
    time: (instant) => clock(new Date(instant)),
    brief(instant, now) {
      const day = dayOf(instant);
      const ago = daysAgo(day, now);
      if (ago <= 0) return clock(new Date(instant));
      if (ago === 1) return t('yesterday');
      if (ago < 7) return weekday(midnight(day));
      return (sameYear(day, now) ? short : shortYear)(midnight(day));
    },
    full: (instant) => exact(new Date(instant)),
  };
}
