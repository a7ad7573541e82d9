import { t } from './words.ts';

/** Days of the reader's calendar, as `2026-11-21`. `to` is the last day, included; empty: open. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

export const presets = [
  { value: 'today', text: 'today' },
  { value: '7', text: 'sevenDays' },
  { value: '30', text: 'thirtyDays' },
  { value: '90', text: 'ninetyDays' },
  { value: 'all', text: 'allTime' },
  { value: 'custom', text: 'dates' },
] as const;
export type Preset = (typeof presets)[number]['value'];

const DAY = 86_400_000;

/** A day further on, by the calendar: adding hours would slip where clocks change. */
export const dayAfter = (day: string, days = 1): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Today and the days before it: "7 days" are seven, today among them. */
export function rangeOf(preset: Preset, today: string, custom: Range): Range {
  if (preset === 'custom') return custom;
  if (preset === 'all') return { from: '', to: '' };
  return { from: preset === 'today' ? today : dayAfter(today, 1 - Number(preset)), to: today };
}

/** As the server takes it: `to` is not included there. */
export function boundsOf(range: Range): { from?: string; to?: string } {
  return { ...(range.from !== '' && { from: range.from }), ...(range.to !== '' && { to: dayAfter(range.to) }) };
}

/** What is wrong with a range, in words; undefined when nothing is. */
export function faultOf(range: Range): string | undefined {
  return range.from !== '' && range.to !== '' && range.from > range.to ? t('wrongOrder') : undefined;
}

export interface DayCount {
  readonly day: string;
  readonly messages: number;
}

/** Every day of the range, those without messages too, oldest first. Counts come newest first and leave such days out or not. */
export function everyDay(counts: readonly DayCount[], range: Range, today: string): DayCount[] {
  const held = new Map(counts.map((each) => [each.day, each.messages]));
  const first = range.from || (counts.at(-1)?.day ?? today);
  const last = range.to || today;
  const days: DayCount[] = [];
  for (let day = first; day <= last && days.length < MOST_DAYS; day = dayAfter(day)) days.push({ day, messages: held.get(day) ?? 0 });
  return days;
}
const MOST_DAYS = 4_000;

/** So many bars that each can be seen: days are added up, the same number in each. */
export function bundled(days: readonly DayCount[], most: number): { from: string; to: string; messages: number }[] {
  const size = Math.max(1, Math.ceil(days.length / most));
  const bars: { from: string; to: string; messages: number }[] = [];
  for (let at = 0; at < days.length; at += size) {
    const part = days.slice(at, at + size);
    const [first, last] = [part[0], part.at(-1)];
    if (first && last) bars.push({ from: first.day, to: last.day, messages: part.reduce((sum, each) => sum + each.messages, 0) });
  }
  return bars;
}

/** RFC 4180, and no cell that a spreadsheet would run as a formula. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/u.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
