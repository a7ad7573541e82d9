import { sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { mayEnter } from './visible.ts';

const drafts = (read: Reader, userId: string) =>
  read
    .selectFrom('member_state as m')
    .innerJoin('conversation as c', 'c.id', 'm.conversation_id')
    .select(['m.conversation_id', 'm.draft', 'm.draft_at'])
    .where('m.user_id', '=', bytesOf(userId));

/** What this person began to write, by conversation: where they may be now. */
export function draftPage(read: Reader, userId: string, after: string | null, limit: number) {
  const stay = sql`exists (select 1 from span as s where s.conversation_id = c.id and s.user_id = ${bytesOf(userId)} and s.open = 1)`;
  let query = drafts(read, userId)
    .where('m.draft', 'is not', null)
    .where('c.closed_at', 'is', null)
    .where(sql<boolean>`case when c.kind = 'room' then ${mayEnter('c', userId)} else ${stay} end`)
    .orderBy('m.conversation_id')
    .limit(limit);
  if (after !== null) query = query.where('m.conversation_id', '>', bytesOf(after));
  return query.execute();
}

/** What this person began to write in these conversations. */
export const draftsIn = (read: Reader, userId: string, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : drafts(read, userId).where('m.conversation_id', 'in', ids.map(bytesOf)).execute();
