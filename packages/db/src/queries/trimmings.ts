import { limits } from '@koreromai/contract';
import { SqliteAdapter, sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** What a condition is in JSON: a number on SQLite, a boolean on MySQL. */
type Flag = number | boolean;

/** What a reply quotes. Ids are hexadecimal. */
export interface QuoteRow {
  id: string;
  seq: number;
  text: string | null;
  deleted: Flag;
  /** The viewer has hidden it. */
  hidden: Flag;
  author_id: string;
  username: string;
  name: string;
  bio: string;
  created_at: number;
  author_deleted_at: number | null;
  /** Hexadecimal; empty on SQLite where there is none. */
  avatar_id: string | null;
  bot: number;
}

export interface FileRow {
  id: string;
  position: number;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  thumbnail_width: number | null;
  thumbnail_height: number | null;
  description: string | null;
  created_at: number;
}

export interface ReactionRow {
  emoji: string;
  count: number;
  mine: Flag;
  first_at: number;
}

/** JSON as the driver gives it: text on SQLite, parsed on MySQL; null where MySQL aggregates nothing. */
export type Json<T> = (string & { readonly of?: T }) | T | null;

/** Reads a JSON column. The shape is that of the query which made it. */
export const parsed = <T>(value: Json<T>): T | null => (typeof value === 'string' ? (JSON.parse(value) as T) : value);

/**
 * Quote, files, reactions and pin of each message `m` as JSON, so that a page of messages stays one statement on every
 * database. Of a reaction's rows the first by user stands for all of its emoji.
 */
export function trimmings(read: Reader, viewerId: string | null) {
  const all = sql.raw(read.getExecutor().adapter instanceof SqliteAdapter ? 'json_group_array' : 'json_arrayagg');
  const me = viewerId === null ? sql`null` : sql`${bytesOf(viewerId)}`;
  const quote = sql<Json<QuoteRow>>`case when m.reply_to_id is null then null else (
    select json_object('id', hex(q.id), 'seq', q.seq, 'text', substr(q.text, 1, ${sql.lit(limits.quote.maxCodePoints)}), 'deleted', q.deleted_at is not null,
      'hidden', exists (select 1 from hidden_message as h where h.user_id = ${me} and h.message_id = q.id),
      'author_id', hex(a.id), 'username', a.username, 'name', a.name, 'bio', a.bio, 'created_at', a.created_at, 'bot', a.bot, 'author_deleted_at', a.deleted_at, 'avatar_id', hex(a.avatar_id))
    from message as q join user as a on a.id = q.author_id where q.id = m.reply_to_id) end`;
  const files = sql<Json<FileRow[]>>`(
    select ${all}(json_object('id', hex(f.id), 'position', f.position, 'name', f.name, 'type', f.type, 'size', f.size, 'width', f.width, 'height', f.height,
      'thumbnail_width', f.thumbnail_width, 'thumbnail_height', f.thumbnail_height, 'description', f.description, 'created_at', f.created_at))
    from attachment as f where f.message_id = m.id and f.removed_at is null)`;
  const reactions = sql<Json<ReactionRow[]>>`(
    select ${all}(json_object('emoji', r.emoji,
      'count', (select count(*) from reaction as n where n.message_id = r.message_id and n.emoji = r.emoji),
      'mine', exists (select 1 from reaction as o where o.message_id = r.message_id and o.emoji = r.emoji and o.user_id = ${me}),
      'first_at', (select min(t.created_at) from reaction as t where t.message_id = r.message_id and t.emoji = r.emoji)))
    from reaction as r where r.message_id = m.id
      and r.user_id = (select min(l.user_id) from reaction as l where l.message_id = r.message_id and l.emoji = r.emoji))`;
  const pinned = sql<number>`exists (select 1 from pin as p where p.conversation_id = m.conversation_id and p.message_id = m.id)`;
  return [quote.as('quote'), files.as('files'), reactions.as('reactions'), pinned.as('pinned')] as const;
}
