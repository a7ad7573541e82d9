import type { Bubble } from './bubbles.ts';
import type { Calendar } from './calendar.ts';

export type Row =
  | { readonly kind: 'unread'; readonly key: 'unread' }
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

/** Bubbles, oldest first, by day and by run. `readSeq`: the divider stands before the first message of another above it. */
export function daysOf(bubbles: readonly Bubble[], calendar: Calendar, readSeq: number | null): Day[] {
  const days: { key: string; day: string; rows: Row[] }[] = [];
  const seen = new Map<string, number>();
  let before: Bubble | undefined;
  let divided = false;
  bubbles.forEach((bubble, at) => {
    const day = calendar.dayOf(bubble.createdAt);
    let open = days.at(-1);
    const newDay = open?.day !== day;
    if (open === undefined || newDay) {
      const times = (seen.get(day) ?? 0) + 1;
      seen.set(day, times); // a sender's clock may run ahead, and then a day comes twice
      open = { key: times === 1 ? day : `${day} ${times}`, day, rows: [] };
      days.push(open);
    }
    const divides = !divided && readSeq !== null && !bubble.mine && bubble.seq !== null && bubble.seq > readSeq;
    if (divides) {
      divided = true;
      open.rows.push({ kind: 'unread', key: 'unread' });
    }
    const head = newDay || divides || before === undefined || !sameRun(before, bubble);
    const after = bubbles[at + 1];
    const tail = after === undefined || !sameRun(bubble, after) || calendar.dayOf(after.createdAt) !== day;
    open.rows.push({ kind: 'bubble', key: bubble.id, bubble, head, tail });
    before = bubble;
  });
  return days.map((each) => ({ ...each, rows: withTailBeforeDivider(each.rows) }));
}

/** The divider ends a run as well. */
function withTailBeforeDivider(rows: readonly Row[]): Row[] {
  return rows.map((row, at) => (row.kind === 'bubble' && rows[at + 1]?.kind === 'unread' ? { ...row, tail: true } : row));
}

function sameRun(a: Bubble, b: Bubble): boolean {
  return a.authorId === b.authorId && Date.parse(b.createdAt) - Date.parse(a.createdAt) < RUN_GAP;
}
