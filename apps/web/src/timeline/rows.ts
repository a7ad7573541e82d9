import type { Bubble } from './bubbles.ts';
import type { Calendar } from './calendar.ts';
import type { Happening } from './happenings.ts';

export type Row =
  | { readonly kind: 'unread'; readonly key: 'unread' }
  | { readonly kind: 'happening'; readonly key: string; readonly happening: Happening }
  /** `head` and `tail`: first and last of a run by one author. */
  | { readonly kind: 'bubble'; readonly key: string; readonly bubble: Bubble; readonly head: boolean; readonly tail: boolean };

/** What was written on one day of the reader's calendar. */
export interface Day {
  readonly key: string;
  readonly day: string;
  readonly rows: readonly Row[];
}

/** Messages of one author further apart than this are told apart again by name and time (UI11). */
export const RUN_GAP = 5 * 60_000;

const nothing: ReadonlyMap<number, readonly Happening[]> = new Map();

/**
 * Bubbles, oldest first, by day and by run. `readSeq`: the divider stands before the first message of another above it.
 * `happenings`: lines, by how many bubbles stand before them; they end a run.
 */
export function daysOf(bubbles: readonly Bubble[], calendar: Calendar, readSeq: number | null, happenings = nothing): Day[] {
  type Open = { readonly key: string; readonly day: string; readonly rows: Row[] };
  const days: Open[] = [];
  const seen = new Map<string, number>();
  let before: Bubble | undefined;
  let divided = false;
  const openDay = (day: string): Open => {
    const times = (seen.get(day) ?? 0) + 1;
    seen.set(day, times); // a sender's clock may run ahead, and then a day comes twice
    const opened: Open = { key: times === 1 ? day : `${day} ${times}`, day, rows: [] };
    days.push(opened);
    return opened;
  };
  const tell = (at: number) => {
    for (const happening of happenings.get(at) ?? []) {
      const day = calendar.dayOf(happening.at);
      const held = days.at(-1);
      const open = held !== undefined && held.day >= day ? held : openDay(day); // told late, it does not bring a day back
      open.rows.push({ kind: 'happening', key: happening.key, happening });
    }
  };
  bubbles.forEach((bubble, at) => {
    tell(at);
    const day = calendar.dayOf(bubble.createdAt);
    const last = days.at(-1);
    const newDay = last?.day !== day;
    const open = last === undefined || newDay ? openDay(day) : last;
    const divides = !divided && readSeq !== null && !bubble.mine && bubble.seq !== null && bubble.seq > readSeq;
    if (divides) {
      divided = true;
      open.rows.push({ kind: 'unread', key: 'unread' });
    }
    const head = newDay || divides || happenings.has(at) || before === undefined || !sameRun(before, bubble);
    const after = bubbles[at + 1];
    const tail = after === undefined || happenings.has(at + 1) || !sameRun(bubble, after) || calendar.dayOf(after.createdAt) !== day;
    open.rows.push({ kind: 'bubble', key: bubble.id, bubble, head, tail });
    before = bubble;
  });
  tell(bubbles.length);
  return days.map((each) => ({ ...each, rows: withTailBeforeDivider(each.rows) }));
}

/** The same days with the newest on top (UI46): of a run, the one that is drawn first says whose it is. */
export const newestFirst = (days: readonly Day[]): Day[] =>
  days.toReversed().map((day) => ({
    ...day,
    rows: day.rows.toReversed().map((row) => (row.kind === 'bubble' ? { ...row, head: row.tail, tail: row.head } : row)),
  }));

/** The divider ends a run as well. */
function withTailBeforeDivider(rows: readonly Row[]): Row[] {
  return rows.map((row, at) => (row.kind === 'bubble' && rows[at + 1]?.kind === 'unread' ? { ...row, tail: true } : row));
}

function sameRun(a: Bubble, b: Bubble): boolean {
  return a.authorId === b.authorId && Date.parse(b.createdAt) - Date.parse(a.createdAt) < RUN_GAP;
}

export const sameItems = <Item>(a: readonly Item[], b: readonly Item[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);

/** `after` with the rows and days of `before` wherever they say the same: a row is told of a change only when it has changed. */
export function steady(before: readonly Day[], after: readonly Day[]): Day[] {
  const held = new Map(before.flatMap((day) => day.rows.map((row) => [row.key, row] as const)));
  const days = new Map(before.map((day) => [day.key, day]));
  return after.map((day) => {
    const rows = day.rows.map((row) => {
      const known = held.get(row.key);
      return known !== undefined && sameRow(known, row) ? known : row;
    });
    const known = days.get(day.key);
    return known?.day === day.day && sameItems(known.rows, rows) ? known : { ...day, rows };
  });
}

function sameRow(a: Row, b: Row): boolean {
  if (a.kind === 'bubble' && b.kind === 'bubble') return a.bubble === b.bubble && a.head === b.head && a.tail === b.tail;
  return a.kind === 'unread' && b.kind === 'unread';
}
