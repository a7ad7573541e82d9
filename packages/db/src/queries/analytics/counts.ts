import { MysqlAdapter, type RawBuilder, sql } from 'kysely';
import { bytesOf } from '../../ids.ts';
import type { Reader } from '../../orm.ts';
import { grains, type Segment } from './segments.ts';

/** What is counted: whole conversations (null: all there are), in segments that do not overlap. */
export interface Counting {
  readonly conversations: readonly string[] | null;
  readonly segments: readonly Segment[];
}

/** What is counted by: a column of every counter, or a value made of the instant (in milliseconds) at which a unit begins. */
export type CountedBy = 'author_id' | 'conversation_id' | ((instant: RawBuilder<number>, segment: Segment) => RawBuilder<number>);

/** `select k, messages`: a row for each key with at least one message. */
export function countsBy(read: Reader, by: CountedBy, counting: Counting): RawBuilder<{ k: unknown; messages: number }> {
  const { segments } = counting;
  const chats = counting.conversations === null ? null : counting.conversations.map(written);
  if (typeof by === 'string' && read.getExecutor().adapter instanceof MysqlAdapter) return onMysql(by, chats, segments);
  const parts = segments.map((segment) => countsIn([segment], keyOf(by, segment), chats));
  return added(parts);
}

/**
 * MySQL takes longer to plan a list of chats than to read their few counters, so both ends of a range share one; and where that is a few
 * units it is told to look up each chat and unit, which needs no plan at all. Floats are added up faster than its decimals, and are exact
 * up to 2^53.
 */
function onMysql(by: 'author_id' | 'conversation_id', chats: readonly string[] | null, segments: readonly Segment[]) {
  const fast = { count: sql`sum(messages + 0e0)`, force: sql` force index (primary)` };
  let joins = false;
  const parts = [...Map.groupBy(segments, (s) => s.grain).entries()].map(([grain, some]) => {
    const units = chats === null ? null : fewUnits(some);
    if (grain === 'message' || chats === null) return countsIn(some, sql.ref(by), chats);
    if (units === null) return countsIn(some, sql.ref(by), chats, fast);
    joins = true;
    const { unit } = grains[grain];
    const wanted = sql.raw(units.map((n) => `row(${n})`).join(','));
    return sql`select t.${sql.ref(by)} as k, ${fast.count} as n from (values ${wanted}) as wanted(unit) straight_join chats
      straight_join ${sql.table(grain)} as t${fast.force} on t.conversation_id = chats.id and t.${sql.ref(unit)} = wanted.unit group by t.${sql.ref(by)}`;
  });
  if (!joins || chats === null) return added(parts);
  return sql<Count>`with chats(id) as (values ${sql.raw(chats.map((id) => `row(${id})`).join(','))}) ${added(parts)}`;
}

/** The units of these segments, where looking each up is less than reading them as ranges. */
function fewUnits(segments: readonly Segment[]): number[] | null {
  const units: number[] = [];
  for (const { from, to } of segments) {
    if (from === null || to === null || units.length + to - from > 3 * segments.length) return null;
    for (let unit = from; unit < to; unit++) units.push(unit);
  }
  return units;
}

type Count = { k: unknown; messages: number };

function added(parts: readonly RawBuilder<unknown>[]) {
  if (parts.length === 1) return sql<Count>`select k, n as messages from (${parts[0]}) as part where n > 0`;
  return sql<Count>`select k, sum(n) as messages from (${sql.join(parts, sql` union all `)}) as parts group by k having sum(n) > 0`;
}

/**
 * Written out, since every segment names them all: bound, 5,000 chats in seven segments would be more parameters than a statement may
 * have, and 200 of them already cost milliseconds to bind. Both databases read this form; what is not an id does not pass `bytesOf`.
 */
const written = (id: string) => `x'${bytesOf(id).toString('hex')}'`;

const keyOf = (by: CountedBy, segment: Segment): RawBuilder<unknown> => {
  const { unit, size } = grains[segment.grain];
  const column = sql.ref(unit);
  return typeof by === 'string' ? sql.ref(by) : by(size === 1 ? sql`${column}` : sql`${column} * ${sql.lit(size)}`, segment);
};

/** Segments of one table, at least one. */
function countsIn(
  segments: readonly Segment[],
  key: RawBuilder<unknown>,
  chats: readonly string[] | null,
  { count, force }: { count: RawBuilder<unknown>; force: RawBuilder<unknown> } = { count: sql`sum(messages)`, force: sql`` },
): RawBuilder<unknown> {
  const [segment] = segments;
  if (segment === undefined) throw new Error('There is a segment in every group.');
  const { grain } = segment;
  const column = sql.ref(grains[grain].unit);
  const bounds = segments.map(({ from, to }) => {
    const both = [...(from === null ? [] : [sql`${column} >= ${from}`]), ...(to === null ? [] : [sql`${column} < ${to}`])];
    return both.length > 0 ? sql`(${sql.join(both, sql` and `)})` : sql`1 = 1`;
  });
  const where = [
    ...(chats === null ? [] : [sql`conversation_id in (${sql.raw(chats.join(','))})`]),
    sql`(${sql.join(bounds, sql` or `)})`,
    ...(grain === 'message' ? [sql`deleted_at is null`] : []),
  ];
  const n = grain === 'message' ? sql`count(*)` : count;
  return sql`select ${key} as k, ${n} as n from ${sql.table(grain)}${force} where ${sql.join(where, sql` and `)} group by ${key}`;
}
