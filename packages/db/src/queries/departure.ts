import { sql } from 'kysely';
import { bytesOf, idOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** The next conversation, by id, that a person was in or has a mark in: wherever they may have written. Null behind the last. */
export async function conversationTouched(read: Reader, userId: string, after: string | null): Promise<string | null> {
  const me = bytesOf(userId);
  const beyond = after === null ? sql`` : sql`and conversation_id > ${bytesOf(after)}`;
  const from = (table: string) => sql`select min(conversation_id) as id from ${sql.table(table)} where user_id = ${me} ${beyond}`;
  const { rows } = await sql<{
    id: Buffer | null;
  }>`select min(t.id) as id from (${from('span')} union all ${from('member_state')}) as t`.execute(read);
  const id = rows[0]?.id;
  return id ? idOf(id) : null;
}

/** What somebody wrote in one stretch of a conversation and has not been deleted, oldest first. */
export const writtenBetween = (read: Reader, conversationId: string, authorId: string, after: number, upTo: number, limit: number) =>
  read
    .selectFrom('message')
    .select(['id', 'seq'])
    .where('conversation_id', '=', bytesOf(conversationId))
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .where('author_id', '=', bytesOf(authorId))
    .where('deleted_at', 'is', null)
    .orderBy('seq')
    .limit(limit)
    .execute();

/** Some of the reactions of a person, with where they are. */
export const reactionsBy = (read: Reader, userId: string, limit: number) =>
  read
    .selectFrom('reaction as r')
    .innerJoin('message as m', 'm.id', 'r.message_id')
    .select(['r.message_id', 'r.emoji', 'm.conversation_id'])
    .where('r.user_id', '=', bytesOf(userId))
    .limit(limit)
    .execute();
