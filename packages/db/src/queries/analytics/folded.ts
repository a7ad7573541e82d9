import { sql } from 'kysely';
import type { Reader } from '../../orm.ts';
import { day } from './segments.ts';

/** The follower that adds up days, pentads and 30-day periods. */
export const counterFollower = 'counters';

/** How far clocks of different processes may disagree before a day that is read as complete is not. */
const slack = 3_600_000;

/**
 * Days since 1970 below which days, pentads and 30-day periods are complete: the day of the first event that the follower has not added up,
 * or today where it is not behind. Beyond it quarter-hours are read, which the post itself keeps.
 */
export async function foldedUntil(read: Reader, now: number): Promise<number> {
  const { rows } = await sql<{ at: number }>`
    select e.at from event as e where e.pos > coalesce((select f.pos from follower as f where f.name = ${counterFollower}), 0)
    order by e.pos limit 1`.execute(read);
  const next = rows[0] ? Number(rows[0].at) : now;
  return Math.floor((Math.min(next, now) - slack) / day);
}
