import { sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { seen } from './visible.ts';

/** One's direct chats with the other one of each: at most one stay each, because nobody leaves. */
const mine = (userId: string) => sql`span as s
  inner join conversation as c on c.id = s.conversation_id and c.kind = 'direct'
  inner join span as p on p.conversation_id = s.conversation_id and p.user_id <> s.user_id
  where s.user_id = ${bytesOf(userId)} and s.open = 1`;

export interface CorrespondentRow {
  readonly user_id: Buffer;
  readonly last_at: number;
}

/** Whom a person wrote with in direct chats, by the last message of either that they can see, each once, newest first. */
export async function correspondentPage(
  read: Reader,
  userId: string,
  beyond: { at: number; id: string } | null,
  limit: number,
): Promise<CorrespondentRow[]> {
  const last = sql`(select m.created_at from message as m where m.conversation_id = s.conversation_id and ${seen('m', 'c', userId)} order by m.seq desc limit 1)`;
  const after =
    beyond === null ? sql`` : sql`and (t.last_at < ${beyond.at} or t.last_at = ${beyond.at} and t.user_id < ${bytesOf(beyond.id)})`;
  const { rows } =
    await sql<CorrespondentRow>`select t.user_id, t.last_at from (select p.user_id, ${last} as last_at from ${mine(userId)}) as t
    where t.last_at is not null ${after} order by t.last_at desc, t.user_id desc limit ${sql.lit(limit)}`.execute(read);
  return rows;
}

/** A place in the messages of all direct chats: they are ordered by time, then chat, then seq. */
export interface DirectPlace {
  readonly at: number;
  readonly conversationId: string;
  readonly seq: number;
}

export interface DirectRow {
  readonly id: Buffer;
  readonly conversation_id: Buffer;
  readonly seq: number;
  readonly created_at: number;
}

/** What others wrote to a person in direct chats, newest first: first the chats whose newest come next, then those messages of each. */
export async function directMessagePage(read: Reader, userId: string, beyond: DirectPlace | null, limit: number): Promise<DirectRow[]> {
  const me = bytesOf(userId);
  const [at, conversation, seq] =
    beyond === null ? [Number.MAX_SAFE_INTEGER, null, 0] : [beyond.at, bytesOf(beyond.conversationId), beyond.seq];
  const older = sql`m.created_at <= ${at} and (m.created_at < ${at} or m.conversation_id < ${conversation} or m.conversation_id = ${conversation} and m.seq < ${seq})`;
  const theirs = sql`m.author_id <> ${me} and m.deleted_at is null and ${older} and ${seen('m', 'c', userId)}`;
  const newest = sql`(select m.created_at from message as m where m.conversation_id = s.conversation_id and ${theirs} order by m.created_at desc limit 1)`;
  const chats = await sql<{ id: Buffer }>`select t.id from (select s.conversation_id as id, ${newest} as at from ${mine(userId)}) as t
    where t.at is not null order by t.at desc, t.id desc limit ${sql.lit(limit)}`.execute(read);
  if (chats.rows.length === 0) return [];
  const parts = chats.rows.map(({ id }) => {
    const one = sql`select m.id, m.conversation_id, m.seq, m.created_at from message as m inner join conversation as c on c.id = m.conversation_id
      where m.conversation_id = ${id} and ${theirs} order by m.created_at desc, m.seq desc limit ${sql.lit(limit)}`;
    return sql`select * from (${one}) as t`;
  });
  const { rows } = await sql<DirectRow>`select * from (${sql.join(parts, sql` union all `)}) as a
    order by created_at desc, conversation_id desc, seq desc limit ${sql.lit(limit)}`.execute(read);
  return rows;
}
