import { sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { type SeqRange, visible } from './visible.ts';

const withAuthor = (read: Reader) =>
  read
    .selectFrom('message as m')
    .innerJoin('user as u', 'u.id', 'm.author_id')
    .select([
      'm.id',
      'm.conversation_id',
      'm.seq',
      'm.author_id',
      'm.text',
      'm.version',
      'm.created_at',
      'm.updated_at',
      'm.edited_at',
      'm.deleted_at',
      'u.username',
      'u.name',
      'u.bio',
      'u.avatar_id as author_avatar_id',
      'u.created_at as author_created_at',
      'u.deleted_at as author_deleted_at',
    ]);

export type MessageRow = Awaited<ReturnType<ReturnType<typeof withAuthor>['execute']>>[number];

/** Messages by id, whoever may see them: the caller holds the seqs against the reader's ranges. */
export const messagesById = (read: Reader, ids: readonly string[]): Promise<MessageRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : withAuthor(read).where('m.id', 'in', ids.map(bytesOf)).execute();

export interface MessagePage {
  readonly conversationId: string;
  readonly ranges: readonly SeqRange[];
  readonly clearedSeq: number;
  readonly order: 'asc' | 'desc';
  /** The last seq of the page before; null for the first page. */
  readonly beyond: number | null;
  readonly limit: number;
}

/** One page of a conversation by seq, as one reader may see it (H1). */
export function messagePage(read: Reader, page: MessagePage): Promise<MessageRow[]> {
  let query = withAuthor(read)
    .where('m.conversation_id', '=', bytesOf(page.conversationId))
    .where(visible('m.seq', page.ranges, page.clearedSeq));
  if (page.beyond !== null) query = query.where('m.seq', page.order === 'desc' ? '<' : '>', page.beyond);
  return query.orderBy('m.seq', page.order).limit(page.limit).execute();
}

export interface Reading {
  readonly conversationId: string;
  readonly ranges: readonly SeqRange[];
  readonly clearedSeq: number;
  readonly lastReadSeq: number;
}

/** The newest visible message of each conversation, in one statement. */
export async function lastMessages(read: Reader, readings: readonly Reading[]): Promise<MessageRow[]> {
  if (readings.length === 0) return [];
  const newest = readings.map((r) => {
    const one = sql`select m.id from message as m where m.conversation_id = ${bytesOf(r.conversationId)} and ${visible('m.seq', r.ranges, r.clearedSeq)} order by m.seq desc limit 1`;
    return sql`select * from (${one}) as t`;
  });
  const { rows } = await sql<{ id: Buffer }>`${sql.join(newest, sql` union all `)}`.execute(read);
  return rows.length === 0
    ? []
    : withAuthor(read)
        .where(
          'm.id',
          'in',
          rows.map((r) => r.id),
        )
        .execute();
}

/** What lies above the read mark, newest first, at most `cap` messages a conversation, in one statement: enough to count unread up to the cap. */
export async function aboveReadMark(read: Reader, readings: readonly Reading[], cap: number) {
  if (readings.length === 0) return [];
  const parts = readings.map((r) => {
    const mark = Math.max(r.lastReadSeq, r.clearedSeq);
    const one = sql`select m.conversation_id, m.seq, m.author_id from message as m where m.conversation_id = ${bytesOf(r.conversationId)} and ${visible('m.seq', r.ranges, mark)} and m.deleted_at is null order by m.seq desc limit ${sql.lit(cap)}`;
    return sql`select * from (${one}) as t`;
  });
  const { rows } = await sql<{ conversation_id: Buffer; seq: number; author_id: Buffer }>`${sql.join(parts, sql` union all `)}`.execute(
    read,
  );
  return rows;
}
