import { sql } from 'kysely';
import { bytesOf } from '../../ids.ts';
import type { Reader } from '../../orm.ts';
import { type CountedBy, countsBy } from './counts.ts';
import { day, quarterHour, type Segment, type Span, segmentsOf } from './segments.ts';

/** A piece of time in which the clocks stand `offset` milliseconds ahead of UTC. */
export interface Piece extends Span {
  readonly offset: number;
}

/** Messages of each local day that has any, by the day's number since 1970: `day → messages`. */
export async function dailyCounts(
  read: Reader,
  conversations: readonly string[] | null,
  pieces: readonly Piece[],
  foldedUntil: number,
): Promise<Map<number, number>> {
  const offsets = new Map<Segment, number>();
  for (const piece of pieces) {
    for (const segment of segmentsOf(piece, foldedUntil, piece.offset === 0 ? 'counter_day' : 'counter'))
      offsets.set(segment, piece.offset);
  }
  if (conversations?.length === 0 || offsets.size === 0) return new Map();
  const localDay: CountedBy = (instant, segment) => sql`floor((${instant} + ${sql.lit(offsets.get(segment) ?? 0)}) / ${sql.lit(day)})`;
  const { rows } = await countsBy(read, localDay, { conversations, segments: [...offsets.keys()] }).execute(read);
  return new Map(rows.map((row) => [Number(row.k), Number(row.messages)]));
}

/** The quarter-hour of the first message ever counted in these conversations (null: all), in milliseconds; null where nothing was. */
export async function firstCounted(read: Reader, conversations: readonly string[] | null): Promise<number | null> {
  const within = conversations === null ? sql`` : sql`where c.id in (${sql.join(conversations.map(bytesOf))})`;
  if (conversations?.length === 0) return null;
  const { rows } = await sql<{ first: number | null }>`
    select min(first) as first from (
      select (select k.bucket from counter as k where k.conversation_id = c.id order by k.bucket limit 1) as first from conversation as c ${within}
    ) as firsts`.execute(read);
  const first = rows[0]?.first ?? null;
  return first === null ? null : Number(first) * quarterHour;
}
