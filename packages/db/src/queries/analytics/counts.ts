import { type RawBuilder, sql } from 'kysely';
import { bytesOf } from '../../ids.ts';
import { grains, type Segment } from './segments.ts';

/** What is counted: whole conversations (null: all there are), in segments that do not overlap. */
export interface Counting {
  readonly conversations: readonly string[] | null;
  readonly segments: readonly Segment[];
}

/** What is counted by: a column of every counter, or a value made of the instant (in milliseconds) at which a unit begins. */
export type CountedBy = 'author_id' | 'conversation_id' | ((instant: RawBuilder<number>, segment: Segment) => RawBuilder<number>);

/** `select k, messages`: a row for each key with at least one message. */
export function countsBy(by: CountedBy, counting: Counting): RawBuilder<{ k: unknown; messages: number }> {
  const within = counting.conversations === null ? null : listed(counting.conversations);
  const parts = counting.segments.map((segment) => countsIn(segment, by, within));
  if (parts.length === 1) return sql`select k, n as messages from (${parts[0]}) as part where n > 0`;
  return sql`select k, sum(n) as messages from (${sql.join(parts, sql` union all `)}) as parts group by k having sum(n) > 0`;
}

/**
 * Written out, since every segment names them all: bound, 5,000 chats in seven segments would be more parameters than a statement may
 * have, and 200 of them already cost milliseconds to bind. Both databases read this form; what is not an id does not pass `bytesOf`.
 */
const listed = (ids: readonly string[]) => sql.raw(ids.map((id) => `x'${bytesOf(id).toString('hex')}'`).join(','));

function countsIn(segment: Segment, by: CountedBy, within: RawBuilder<unknown> | null): RawBuilder<unknown> {
  const { grain, from, to } = segment;
  const { unit, size } = grains[grain];
  const column = sql.ref(unit);
  const key = typeof by === 'string' ? sql.ref(by) : by(size === 1 ? sql`${column}` : sql`${column} * ${sql.lit(size)}`, segment);
  const where = [
    ...(within === null ? [] : [sql`conversation_id in (${within})`]),
    ...(from === null ? [] : [sql`${column} >= ${from}`]),
    ...(to === null ? [] : [sql`${column} < ${to}`]),
    ...(grain === 'message' ? [sql`deleted_at is null`] : []),
  ];
  const count = grain === 'message' ? sql`count(*)` : sql`sum(messages)`;
  return sql`select ${key} as k, ${count} as n from ${sql.table(grain)} ${where.length > 0 ? sql`where ${sql.join(where, sql` and `)}` : sql``} group by ${key}`;
}
