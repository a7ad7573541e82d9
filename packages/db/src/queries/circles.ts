import { sql } from 'kysely';
import { bytesOf, directKey, idOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** What ties one person to others, in one statement: their contact state, who follows whom, and whom the viewer blocks (never the other way). */
export async function tiesOf(read: Reader, viewerId: string, others: readonly string[]) {
  if (others.length === 0) return [];
  const me = bytesOf(viewerId);
  const them = sql.join(others.map((id) => sql`${bytesOf(id)}`));
  const { rows } = await sql<{ tie: 'contact' | 'following' | 'followed' | 'block'; other: Buffer; state: string | null }>`
    select 'contact' as tie, other_id as other, state from contact where user_id = ${me} and other_id in (${them})
    union all select 'following', followed_id, null from follow where follower_id = ${me} and followed_id in (${them})
    union all select 'followed', follower_id, null from follow where followed_id = ${me} and follower_id in (${them})
    union all select 'block', blocked_id, null from block where blocker_id = ${me} and blocked_id in (${them})`.execute(read);
  return rows;
}

/** My contacts and open requests, both ways, by the other's id. What I declined is not among them. */
export function contactPage(read: Reader, userId: string, after: string | null, limit: number) {
  let query = read
    .selectFrom('contact')
    .select('other_id as other')
    .where('user_id', '=', bytesOf(userId))
    .where('state', '<>', 'declined')
    .orderBy('other_id')
    .limit(limit);
  if (after !== null) query = query.where('other_id', '>', bytesOf(after));
  return query.execute();
}

/** Whom I follow, by id. */
export function followPage(read: Reader, userId: string, after: string | null, limit: number) {
  let query = read
    .selectFrom('follow')
    .select('followed_id as other')
    .where('follower_id', '=', bytesOf(userId))
    .orderBy('followed_id')
    .limit(limit);
  if (after !== null) query = query.where('followed_id', '>', bytesOf(after));
  return query.execute();
}

/** Whom I block, by id. */
export function blockPage(read: Reader, userId: string, after: string | null, limit: number) {
  let query = read
    .selectFrom('block')
    .select('blocked_id as other')
    .where('blocker_id', '=', bytesOf(userId))
    .orderBy('blocked_id')
    .limit(limit);
  if (after !== null) query = query.where('blocked_id', '>', bytesOf(after));
  return query.execute();
}

/** M10: what I refuse, by the target's id, with the name of the conversation where it is one. */
export function refusalPage(read: Reader, userId: string, after: string | null, limit: number) {
  let query = read
    .selectFrom('refusal as r')
    .leftJoin('conversation as c', 'c.id', 'r.target_id')
    .select(['r.target_id', 'r.target', 'r.created_at', 'c.name'])
    .where('r.user_id', '=', bytesOf(userId))
    .orderBy('r.target_id')
    .limit(limit);
  if (after !== null) query = query.where('r.target_id', '>', bytesOf(after));
  return query.execute();
}

/** The id of the direct chat of two people, or null. */
export async function directIdOf(read: Reader, a: string, b: string): Promise<string | null> {
  const row = await read.selectFrom('conversation').select('id').where('direct_key', '=', directKey(a, b)).executeTakeFirst();
  return row ? idOf(row.id) : null;
}
