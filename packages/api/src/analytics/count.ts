import { bytesOf, quarterHour } from '@koreromai/db';
import type { Draft } from '@koreromai/realtime';

/** One message of the counters: `at` is its `created_at` in milliseconds, also when it is taken away much later. */
export interface Counted {
  readonly conversationId: string;
  readonly authorId: string;
  readonly at: number;
}

/** Counts a message in its own transaction. Days and what is larger follow: `fold.ts`. */
export function counted(draft: Draft, message: Counted): void {
  draft.insert('counter', { ...rowOf(message), bucket: Math.floor(message.at / quarterHour), messages: 1 }, { add: ['messages'] });
}

/**
 * Takes a message out of all counters, in the transaction that deletes it for everyone. Days and what is larger are lowered at once, not by the
 * follower: it only ever adds what was posted, so the order of both does not matter and a complete day is never too high.
 */
export function uncounted(draft: Draft, message: Counted): void {
  const row = { ...rowOf(message), messages: -1 };
  draft.insert('counter', { ...row, bucket: Math.floor(message.at / quarterHour) }, { add: ['messages'] });
  draft.insert('counter_day', { ...row, day: dayOf(message.at) }, { add: ['messages'] });
  draft.insert('counter_pentad', { ...row, pentad: pentadOf(message.at) }, { add: ['messages'] });
  draft.insert('counter_month', { ...row, month: monthOf(message.at) }, { add: ['messages'] });
}

/** Days since 1970 in UTC. */
export const dayOf = (at: number): number => Math.floor(at / (96 * quarterHour));
/** Five-day periods since 1970. */
export const pentadOf = (at: number): number => Math.floor(dayOf(at) / 5);
/** 30-day periods since 1970. */
export const monthOf = (at: number): number => Math.floor(dayOf(at) / 30);

const rowOf = ({ conversationId, authorId }: Counted) => ({ conversation_id: bytesOf(conversationId), author_id: bytesOf(authorId) });
