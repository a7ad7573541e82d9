import { bytesOf, type Reader } from '@koreromai/db';
import { sql } from 'kysely';
import type { StreamHead } from './log.ts';

export const columns = ['pos', 'stream_id', 'seq', 'type', 'actor_id', 'subject_id', 'number', 'at'] as const;

/** An event's row. */
export interface Stored {
  readonly pos: number;
  readonly stream_id: Buffer;
  readonly seq: number;
  readonly type: string;
  readonly actor_id: Buffer | null;
  readonly subject_id: Buffer | null;
  readonly number: number | null;
  readonly at: number;
}

/** Events of these streams with pos > `after`, `limit` at most, in no order. Of a stream whose head was read before another's, some may lie beyond it. */
export type Stretching = (read: Reader, heads: readonly StreamHead[], after: number, limit: number) => Promise<Stored[]>;

const listed = sql.join(columns.map((column) => sql.ref(`e.${column}`)));

/**
 * A stream's seqs have no holes, and its index by seq holds each event's pos, which is the row's number: so the first one beyond `after` is found
 * from the head downwards. An index by pos would be a page more to write with each event.
 */
export const stretchOnSqlite: Stretching = async (read, heads, after, limit) => {
  const asked = JSON.stringify(heads.map(({ stream, seq }) => [bytesOf(stream).toString('hex'), seq]));
  const seen = sql`select b.seq from event as b where b.stream_id = h.id and b.seq <= h.seq and b.seq > h.seq - ${limit} and b.pos <= ${after} order by b.seq desc limit 1`;
  const { rows } = await sql<Stored>`with h as materialized (select unhex(value ->> 0) as id, value ->> 1 as seq from json_each(${asked}))
    select ${listed} from h cross join event as e
    where e.stream_id = h.id and e.seq <= h.seq and e.seq > coalesce((${seen}), h.seq - ${limit}) limit ${limit}`.execute(read);
  return rows;
};

/** By the index that MySQL has for it: it does not look for a range that depends on another row, and an entry more costs it less. */
export const stretchOnMysql: Stretching = async (read, heads, after, limit) => {
  const newest = heads.reduce((top, { pos }) => Math.max(top, pos), 0); // what lies beyond a head was committed after the heads were read
  return read
    .selectFrom('event')
    .select(columns)
    .where(
      'stream_id',
      'in',
      heads.map(({ stream }) => bytesOf(stream)),
    )
    .where('pos', '>', after)
    .where('pos', '<=', newest)
    .limit(limit) // unsorted: ORDER BY here makes MySQL sort every lagging row before it takes the first
    .execute();
};
