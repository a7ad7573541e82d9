import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** What admins have set; a setting without a row has its default. */
export const settingRows = (read: Reader) => read.selectFrom('setting').select(['name', 'value']).limit(100).execute();

/** A person's role now, null once they are suspended or gone. Never from a cache: who was demoted a moment ago is no admin. */
export const roleNow = async (read: Reader, userId: string): Promise<string | null> => {
  const row = await read
    .selectFrom('user')
    .select('role')
    .where('id', '=', bytesOf(userId))
    .where('deleted_at', 'is', null)
    .where('suspended_at', 'is', null)
    .executeTakeFirst();
  return row?.role ?? null;
};

/** The audit's rows, newest first, from before `before` (an entry's id; ids sort by birth). */
export function auditPage(read: Reader, before: string | null, limit: number) {
  let query = read
    .selectFrom('audit as a')
    .leftJoin('user as u', 'u.id', 'a.actor_id')
    .select(['a.id', 'a.actor_id', 'a.action', 'a.target_id', 'a.detail', 'a.address', 'a.at'])
    .select(['u.username', 'u.name', 'u.bio', 'u.avatar_id', 'u.created_at', 'u.deleted_at'])
    .orderBy('a.id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('a.id', '<', bytesOf(before));
  return query.execute();
}
