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
  const within = counting.conversations === null ? null : listed(counting.conversations);
  const parts = together(read, by, counting.segments).map((segments) => countsIn(segments, by, within));
  if (parts.length === 1) return sql`select k, n as messages from (${parts[0]}) as part where n > 0`;
  return sql`select k, sum(n) as messages from (${sql.join(parts, sql` union all `)}) as parts group by k having sum(n) > 0`;
}

/**
 * Written out, since every segment names them all: bound, 5,000 chats in seven segments would be more parameters than a statement may
 * have, and 200 of them already cost milliseconds to bind. Both databases read this form; what is not an id does not pass `bytesOf`.
 */
const listed = (ids: readonly string[]) => sql.raw(ids.map((id) => `x'${bytesOf(id).toString('hex')}'`).join(','));

/**
 * What is asked of a table at once. MySQL takes longer to plan a list of chats than to read their few counters, so both ends of a range
 * share one; SQLite would read all there is between them.
 */
function together(read: Reader, by: CountedBy, segments: readonly Segment[]): Segment[][] {
  const shared = typeof by === 'string' && read.getExecutor().adapter instanceof MysqlAdapter;
  return shared ? [...Map.groupBy(segments, (s) => s.grain).values()] : segments.map((s) => [s]);
}

/** Segments of one table, at least one. */
function countsIn(segments: readonly Segment[], by: CountedBy, within: RawBuilder<unknown> | null): RawBuilder<unknown> {
  const [segment] = segments;
  if (segment === undefined) throw new Error('There is a segment in every group.');
  const { grain } = segment;
  const { unit, size } = grains[grain];
  const column = sql.ref(unit);
  const key = typeof by === 'string' ? sql.ref(by) : by(size === 1 ? sql`${column}` : sql`${column} * ${sql.lit(size)}`, segment);
  const bounds = segments.map(({ from, to }) => {
    const both = [...(from === null ? [] : [sql`${column} >= ${from}`]), ...(to === null ? [] : [sql`${column} < ${to}`])];
    return both.length > 0 ? sql`(${sql.join(both, sql` and `)})` : sql`1 = 1`;
  });
  const where = [
    ...(within === null ? [] : [sql`conversation_id in (${within})`]),
    sql`(${sql.join(bounds, sql` or `)})`,
    ...(grain === 'message' ? [sql`deleted_at is null`] : []),
  ];
  const count = grain === 'message' ? sql`count(*)` : sql`sum(messages)`;
  return sql`select ${key} as k, ${count} as n from ${sql.table(grain)} where ${sql.join(where, sql` and `)} group by ${key}`;
}
