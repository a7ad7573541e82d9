import type { Stored } from '../engine/engine.ts';
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
    .select(['u.username', 'u.name', 'u.bio', 'u.avatar_id', 'u.bot', 'u.created_at', 'u.deleted_at'])
    .orderBy('a.id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('a.id', '<', bytesOf(before));
  return query.execute();
}

/** Who came in and who was refused at the door, as the audit's rows, newest first. */
export function signInPage(read: Reader, before: string | null, limit: number) {
  let query = read
    .selectFrom('sign_in as a')
    .leftJoin('user as u', 'u.id', 'a.user_id')
    .select(['a.id', 'a.user_id', 'a.outcome', 'a.address', 'a.device', 'a.at'])
    .select(['u.username', 'u.name', 'u.bio', 'u.avatar_id', 'u.bot', 'u.created_at', 'u.deleted_at'])
    .orderBy('a.id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('a.id', '<', bytesOf(before));
  return query.execute();
}

/** Some of those that are older than `before`, or that the newest `kept` have left behind; oldest first. */
export async function oldSignIns(
  read: Reader,
  { before, kept, limit }: { before: number; kept: number; limit: number },
): Promise<Buffer[]> {
  const aged = await read.selectFrom('sign_in').select(['id', 'at']).orderBy('id').limit(limit).execute();
  const old = aged.filter((row) => Number(row.at) < before).map((row) => row.id);
  if (old.length > 0) return old;
  const beyond = await read.selectFrom('sign_in').select('id').orderBy('id', 'desc').offset(kept).limit(1).executeTakeFirst();
  return beyond === undefined ? [] : aged.filter((row) => Buffer.compare(row.id, beyond.id) <= 0).map((row) => row.id);
}

/** Where a page of people goes on: `email` once everybody whose username begins like the query has been told. */
export interface PeoplePlace {
  readonly by: 'id' | 'username' | 'email';
  readonly after: string;
}

const governed = [
  'id',
  'username',
  'name',
  'bio',
  'avatar_id',
  'bot',
  'created_at',
  'deleted_at',
  'email',
  'role',
  'suspended_at',
] as const;

/** A person with what those see of them who run the instance, and the list by which they were found. */
export type GovernedRow = Pick<Stored<'user'>, (typeof governed)[number]> & { readonly by: PeoplePlace['by'] };

/** Everybody who has an account, newest first; with a query those whose username begins like it, then those whose address does. */
export async function peoplePage(
  read: Reader,
  query: string | undefined,
  beyond: PeoplePlace | null,
  limit: number,
): Promise<GovernedRow[]> {
  const all = read.selectFrom('user').select(governed).where('deleted_at', 'is', null).limit(limit);
  if (query === undefined) {
    const page = beyond === null ? all : all.where('id', '<', bytesOf(beyond.after));
    return (await page.orderBy('id', 'desc').execute()).map((row) => ({ ...row, by: 'id' }));
  }
  const key = query.normalize('NFKC').toLowerCase();
  const end = `${key}\u{10ffff}`; // both columns hold keys under a binary collation: what begins so is one range of the index
  const last = beyond?.by === 'email' ? null : (beyond?.after ?? null);
  const named =
    beyond?.by === 'email'
      ? []
      : await all
          .where('username', last === null ? '>=' : '>', last ?? key)
          .where('username', '<', end)
          .orderBy('username')
          .execute();
  const rest = limit - named.length;
  const addressed =
    rest === 0
      ? []
      : await all
          .where('email', beyond?.by === 'email' ? '>' : '>=', beyond?.by === 'email' ? beyond.after : key)
          .where('email', '<', end)
          .where((where) => where.or([where('username', '<', key), where('username', '>=', end)]))
          .orderBy('email')
          .limit(rest)
          .execute();
  return [...named.map((row) => ({ ...row, by: 'username' as const })), ...addressed.map((row) => ({ ...row, by: 'email' as const }))];
}

/** When each of these people was last here. */
export const lastSeen = (read: Reader, ids: readonly Buffer[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('session')
        .select(({ fn }) => ['user_id', fn.max('last_seen_at').as('at')])
        .where('user_id', 'in', ids)
        .groupBy('user_id')
        .execute();

/** One account as those see it who run the instance. */
export const governedById = (read: Reader, userId: string) =>
  read.selectFrom('user').select(governed).where('id', '=', bytesOf(userId)).where('deleted_at', 'is', null).executeTakeFirst();
