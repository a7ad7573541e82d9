import { bytesOf, counterFollower } from '@koreromai/db';
import type { Draft, Effect, FollowerOptions, LogEvent } from '@koreromai/realtime';
import { dayOf, monthOf, pentadOf } from './count.ts';

/**
 * The follower that adds what was posted to days, pentads and 30-day periods, in the transaction that moves its position: each post once.
 * Nobody waits for it, since quarter-hours stand for what it has not reached, so it takes large batches.
 */
export const countersFolded: Pick<FollowerOptions, 'name' | 'start' | 'handle' | 'batch' | 'gather'> = {
  name: counterFollower,
  start: 'origin',
  batch: 1_000,
  gather: 2_000,
  handle: async (events) => foldOf(events),
};

/** What these events add, or nothing. */
export function foldOf(events: readonly LogEvent[]): Effect | undefined {
  const days = tally(events, dayOf);
  const pentads = tally(events, pentadOf);
  const months = tally(events, monthOf);
  if (days.length === 0) return undefined;
  return (draft: Draft) => {
    for (const { unit, ...row } of days) draft.insert('counter_day', { ...row, day: unit }, { add: ['messages'] });
    for (const { unit, ...row } of pentads) draft.insert('counter_pentad', { ...row, pentad: unit }, { add: ['messages'] });
    for (const { unit, ...row } of months) draft.insert('counter_month', { ...row, month: unit }, { add: ['messages'] });
  };
}

interface Tallied {
  readonly conversation_id: Buffer;
  readonly author_id: Buffer;
  readonly unit: number;
  readonly messages: number;
}

/** In the order of the table's key, so that two writers never wait for each other crosswise. */
function tally(events: readonly LogEvent[], unitOf: (at: number) => number): Tallied[] {
  const counts = new Map<string, number>();
  for (const { type, stream, actor, at } of events) {
    if (type !== 'message.created' || actor === null) continue;
    const key = `${stream} ${String(unitOf(at)).padStart(9, '0')} ${actor}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.keys()].sort().map((key) => {
    const [stream = '', unit, actor = ''] = key.split(' ');
    return { conversation_id: bytesOf(stream), unit: Number(unit), author_id: bytesOf(actor), messages: counts.get(key) ?? 0 };
  });
}
