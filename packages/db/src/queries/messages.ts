import { sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { trimmings } from './trimmings.ts';
import { type Eyes, notHidden, reachable, seen, visible, within } from './visible.ts';

/** Messages with their authors, quotes, files and reactions, in one statement; `viewerId` decides whose reactions are `mine`. */
export const messageRows = (read: Reader, viewerId: string | null) =>
  read
    .selectFrom('message as m')
    .innerJoin('user as u', 'u.id', 'm.author_id')
    .select([
      'm.id',
      'm.conversation_id',
      'm.seq',
      'm.author_id',
      'm.text',
      'm.mentions',
      'm.version',
      'm.created_at',
      'm.updated_at',
      'm.edited_at',
      'm.deleted_at',
      'u.username',
      'u.name',
      'u.bio',
      'u.avatar_id as author_avatar_id',
      'u.bot as author_bot',
      'u.created_at as author_created_at',
      'u.deleted_at as author_deleted_at',
    ])
    .select(trimmings(read, viewerId));

export type MessageRow = Awaited<ReturnType<ReturnType<typeof messageRows>['execute']>>[number];

/** Messages by id, whoever may see them: the caller holds them against the reader's eyes. Without a viewer, nothing is `mine`. */
export const messagesById = (read: Reader, ids: readonly string[], viewerId: string | null = null): Promise<MessageRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : messageRows(read, viewerId).where('m.id', 'in', ids.map(bytesOf)).execute();

/** Where a message stands, without its body, and whether this person has hidden it: what a permission is decided on. */
export const messagePlace = (read: Reader, id: string, viewerId: string) =>
  read
    .selectFrom('message as m')
    .leftJoin('hidden_message as h', (on) => on.onRef('h.message_id', '=', 'm.id').on('h.user_id', '=', bytesOf(viewerId)))
    .select(['m.conversation_id', 'm.seq', 'm.author_id', 'm.created_at', 'm.deleted_at', 'h.hidden_at'])
    .where('m.id', '=', bytesOf(id))
    .executeTakeFirst();

export interface MessagePage extends Eyes {
  readonly conversationId: string;
  readonly order: 'asc' | 'desc';
  /** The last seq of the page before; null for the first page. */
  readonly beyond: number | null;
  readonly limit: number;
}

/** One page of a conversation by seq, as one reader may see it (H1). */
export function messagePage(read: Reader, page: MessagePage): Promise<MessageRow[]> {
  let query = messageRows(read, page.viewerId).where('m.conversation_id', '=', bytesOf(page.conversationId)).where(visible('m', page));
  if (page.beyond !== null) query = query.where('m.seq', page.order === 'desc' ? '<' : '>', page.beyond);
  return query.orderBy('m.seq', page.order).limit(page.limit).execute();
}

export interface Reading extends Eyes {
  readonly conversationId: string;
  readonly lastReadSeq: number;
  /** The head when it was marked as unread by hand: what one wrote up to there reads nothing (N1). Else 0. */
  readonly unreadAt: number;
}

/** The newest visible message of each conversation, in one statement. */
export function lastMessages(read: Reader, readings: readonly Reading[]): Promise<MessageRow[]> {
  const [first] = readings;
  if (!first) return Promise.resolve([]);
  const newest = readings.map((r) => {
    const one = sql`select m.id from message as m where m.conversation_id = ${bytesOf(r.conversationId)} and ${visible('m', r)} order by m.seq desc limit 1`;
    return sql`select * from (${one}) as t`;
  });
  return messageRows(read, first.viewerId)
    .innerJoin(sql<{ id: Buffer }>`(${sql.join(newest, sql` union all `)})`.as('newest'), 'newest.id', 'm.id')
    .execute();
}

/**
 * What lies above the read mark, and one's own even if it is gone (W5: who wrote has read), newest first, at most `cap` messages a
 * conversation; and apart from them those that name the reader. In one statement: enough to count unread up to the cap.
 */
export async function aboveReadMark(read: Reader, readings: readonly Reading[], cap: number) {
  const parts = readings.flatMap((r) => {
    const above = { ...r, clearedSeq: Math.max(r.lastReadSeq, r.clearedSeq) };
    const [me, here, most] = [bytesOf(r.viewerId), bytesOf(r.conversationId), sql.lit(cap)];
    const all = sql`select m.conversation_id, m.seq, m.author_id from message as m where m.conversation_id = ${here} and ${within('m', above)} and (m.author_id = ${me} and m.seq > ${r.unreadAt} or m.author_id <> ${me} and m.deleted_at is null and ${notHidden('m', r.viewerId)}) order by m.seq desc limit ${most}`;
    const naming = sql`select n.conversation_id, n.seq, null as author_id from mention as n where n.user_id = ${me} and n.conversation_id = ${here} and ${within('n', above)}
      and not exists (select 1 from hidden_message as h where h.user_id = ${me} and h.message_id = n.message_id) order by n.seq desc limit ${most}`;
    return [sql`select * from (${all}) as t`, sql`select * from (${naming}) as t`];
  });
  type Above = { conversation_id: Buffer; seq: number; author_id: Buffer | null };
  const { rows } = parts.length === 0 ? { rows: [] } : await sql<Above>`${sql.join(parts, sql` union all `)}`.execute(read);
  const said = rows.flatMap(({ author_id, ...row }) => (author_id === null ? [] : [{ ...row, author_id }]));
  return { said, naming: rows.filter((row) => row.author_id === null) };
}

/** What a message said before its edits, newest first. */
export function revisionPage(read: Reader, messageId: string, before: number | null, limit: number) {
  let query = read
    .selectFrom('revision')
    .select(['version', 'text', 'written_at'])
    .where('message_id', '=', bytesOf(messageId))
    .orderBy('version', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('version', '<', before);
  return query.execute();
}

/** What a person has hidden and could still see otherwise, last hidden first. */
export function hiddenPage(read: Reader, userId: string, beyond: { at: number; id: string } | null, limit: number) {
  let query = messageRows(read, userId)
    .innerJoin('hidden_message as mine', 'mine.message_id', 'm.id')
    .innerJoin('conversation as c', 'c.id', 'm.conversation_id')
    .select('mine.hidden_at')
    .where('mine.user_id', '=', bytesOf(userId))
    .where(reachable('m', 'c', userId))
    .orderBy('mine.hidden_at', 'desc')
    .orderBy('mine.message_id', 'desc')
    .limit(limit);
  if (beyond !== null) {
    query = query.where((where) =>
      where.or([
        where('mine.hidden_at', '<', beyond.at),
        where.and([where('mine.hidden_at', '=', beyond.at), where('mine.message_id', '<', bytesOf(beyond.id))]),
      ]),
    );
  }
  return query.execute();
}

/** Messages that name a person and that they may see now, the newest naming first. */
export function mentionPage(read: Reader, userId: string, beyond: { at: number; id: string } | null, limit: number) {
  let query = messageRows(read, userId)
    .innerJoin('mention as n', 'n.message_id', 'm.id')
    .innerJoin('conversation as c', 'c.id', 'm.conversation_id')
    .select('n.at as named_at')
    .where('n.user_id', '=', bytesOf(userId))
    .where(seen('m', 'c', userId))
    .orderBy('n.at', 'desc')
    .orderBy('n.message_id', 'desc')
    .limit(limit);
  if (beyond !== null) {
    query = query.where((where) =>
      where.or([where('n.at', '<', beyond.at), where.and([where('n.at', '=', beyond.at), where('n.message_id', '<', bytesOf(beyond.id))])]),
    );
  }
  return query.execute();
}

/** The messages of one conversation that name its reader, as that reader may see them, oldest first. */
export const messagesNaming = (read: Reader, { conversationId, ...eyes }: Eyes & { readonly conversationId: string }, limit: number) =>
  messageRows(read, eyes.viewerId)
    .innerJoin('mention as n', 'n.message_id', 'm.id')
    .where('n.user_id', '=', bytesOf(eyes.viewerId))
    .where('n.conversation_id', '=', bytesOf(conversationId))
    .where(visible('m', eyes))
    .orderBy('m.seq')
    .limit(limit)
    .execute();
