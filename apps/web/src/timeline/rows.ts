import type { Bubble } from './bubbles.ts';
import type { Calendar } from './calendar.ts';

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly day: string }
  | { readonly kind: 'unread'; readonly key: 'unread' }
  /** `head` and `tail`: first and last of a run by one author. */
  | { readonly kind: 'bubble'; readonly key: string; readonly bubble: Bubble; readonly head: boolean; readonly tail: boolean };

/** Messages of one author further apart than this are told apart again by name and time (UI11). */
export const RUN_GAP = 5 * 60_000;

/** Bubbles, oldest first, with the separators between them. `readSeq`: the divider stands before the first message of another above it. */
export function rowsOf(bubbles: readonly Bubble[], calendar: Calendar, readSeq: number | null): Row[] {
  const rows: Row[] = [];
  const days = new Map<string, number>();
  let before: { bubble: Bubble; day: string } | undefined;
  let divided = false;
  bubbles.forEach((bubble, at) => {
    const day = calendar.dayOf(bubble.createdAt);
    const newDay = day !== before?.day;
    if (newDay) {
      const times = (days.get(day) ?? 0) + 1;
      days.set(day, times); // a sender's clock may run ahead, and then a day comes twice
      rows.push({ kind: 'day', key: times === 1 ? `day ${day}` : `day ${day} ${times}`, day });
    }
    const firstUnread = !divided && readSeq !== null && !bubble.mine && bubble.seq !== null && bubble.seq > readSeq;
    if (firstUnread) {
      divided = true;
      rows.push({ kind: 'unread', key: 'unread' });
    }
    const head = newDay || firstUnread || before === undefined || !sameRun(before.bubble, bubble);
    if (head) closeRun(rows, at);
    rows.push({ kind: 'bubble', key: bubble.id, bubble, head, tail: at === bubbles.length - 1 });
    before = { bubble, day };
  });
  return rows;
}

/** The run before the row that now starts has ended: its last bubble, skipping separators, becomes a tail. */
function closeRun(rows: Row[], at: number): void {
  if (at === 0) return;
  const last = rows.findLastIndex((row) => row.kind === 'bubble');
  const row = rows[last];
  if (row?.kind === 'bubble') rows[last] = { ...row, tail: true };
}

function sameRun(a: Bubble, b: Bubble): boolean {
  return a.authorId === b.authorId && Date.parse(b.createdAt) - Date.parse(a.createdAt) < RUN_GAP;
}
