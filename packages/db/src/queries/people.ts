import { bytesOf, idOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { compiledOnce } from './compiled-once.ts';

const shown = ['id', 'username', 'name', 'bio', 'avatar_id', 'bot', 'created_at', 'deleted_at'] as const;
const own = [...shown, 'email', 'role', 'suspended_at'] as const;
/** What people see of themselves, and admins of everyone, where other tables are joined. */
export const ownColumns = own.map((column) => `user.${column}` as const);

/** What others may see of these people, deleted ones included. In no order. */
export const peopleById = (read: Reader, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : read.selectFrom('user').select(shown).where('id', 'in', ids.map(bytesOf)).execute();

export type PersonRow = Awaited<ReturnType<typeof peopleById>>[number];

/** A live account with its address, by any of the three ways to name a person. Addresses and usernames are keys already (E1, E2). */
export function accounts(read: Reader, by: { ids?: readonly string[]; emails?: readonly string[]; usernames?: readonly string[] }) {
  const { ids = [], emails = [], usernames = [] } = by;
  if (ids.length + emails.length + usernames.length === 0) return Promise.resolve([]);
  return read
    .selectFrom('user')
    .select(own)
    .where('deleted_at', 'is', null)
    .where((where) =>
      where.or([
        ...(ids.length > 0 ? [where('id', 'in', ids.map(bytesOf))] : []),
        ...(emails.length > 0 ? [where('email', 'in', [...emails])] : []),
        ...(usernames.length > 0 ? [where('username', 'in', [...usernames])] : []),
      ]),
    )
    .execute();
}

/** A person with what only some may see of them, deleted ones included. */
export const personById = (read: Reader, id: string) =>
  read.selectFrom('user').select(own).where('id', '=', bytesOf(id)).executeTakeFirst();

/**
 * Where a client of this person begins: the newest pos of the log, the head of their own stream and their account, as they are at one
 * moment. Never through a lagging replica. Undefined for nobody.
 */
export const beginningOf = (read: Reader, userId: string) =>
  read
    .selectFrom('user as u')
    .innerJoin('log_head as h', (on) => on.on('h.id', '=', 1))
    .leftJoin('stream as s', 's.id', 'u.id')
    .select(own.map((column) => `u.${column}` as const))
    .select(['h.pos', 's.seq'])
    .where('u.id', '=', bytesOf(userId))
    .executeTakeFirst();

export type AccountRow = Awaited<ReturnType<typeof accounts>>[number];

/** The account and its password hash, for signing in only. */
export const credentials = (read: Reader, email: string) =>
  read
    .selectFrom('user')
    .select([...own, 'password_hash'])
    .where('email', '=', email)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();

/** A person's own password hash, and what their password must not be. */
export const credentialsById = (read: Reader, userId: string) =>
  read
    .selectFrom('user')
    .select(['password_hash', 'name', 'email', 'username'])
    .where('id', '=', bytesOf(userId))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();

/** The link to a new password and whose it is. */
export const resetByHash = (read: Reader, tokenHash: Buffer) =>
  read
    .selectFrom('password_reset as r')
    .innerJoin('user as u', 'u.id', 'r.user_id')
    .select(['r.user_id', 'r.expires_at', 'r.used_at', 'u.name', 'u.email', 'u.username'])
    .where('r.token_hash', '=', tokenHash)
    .executeTakeFirst();

const sessions = compiledOnce(32, (read, tokenHash) =>
  read
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .leftJoin('user as owner', 'owner.id', 'user.owner_id')
    .select(['session.scopes', 'session.expires_at', 'owner.suspended_at as owner_suspended_at', 'owner.deleted_at as owner_deleted_at'])
    .select([
      'session.id as session_id',
      'session.created_at as session_created_at',
      'session.last_seen_at',
      'session.revoked_at',
      ...ownColumns,
    ])
    .where('session.token_hash', '=', tokenHash),
);

/** The session of a token's hash with its account and, of a bot, its owner's, whether it still holds or not. */
export const sessionByHash = async (read: Reader, tokenHash: Buffer) => (await sessions(read, tokenHash))[0];

export type SessionRow = NonNullable<Awaited<ReturnType<typeof sessionByHash>>>;

/** Live sessions of a person, newest first, from before `before` (a session id; ids sort by birth). */
export function sessionsOf(read: Reader, userId: string, since: number, before: string | null, limit: number) {
  let query = read
    .selectFrom('session')
    .select(['id', 'created_at', 'last_seen_at', 'user_agent'])
    .where('user_id', '=', bytesOf(userId))
    .where('revoked_at', 'is', null)
    .where('last_seen_at', '>', since)
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('id', '<', bytesOf(before));
  return query.execute();
}

/** These people, deleted ones included, with what only some may see of them. In no order. */
export const peopleByIdWithAddress = (read: Reader, ids: readonly string[]): Promise<AccountRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : read.selectFrom('user').select(own).where('id', 'in', ids.map(bytesOf)).execute();

/** Which of these are contacts of that person, both having agreed. */
export async function contactsAmong(read: Reader, userId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await read
    .selectFrom('contact')
    .select('other_id')
    .where('user_id', '=', bytesOf(userId))
    .where('other_id', 'in', ids.map(bytesOf))
    .where('state', '=', 'accepted')
    .execute();
  return new Set(rows.map((r) => idOf(r.other_id)));
}

/** The next conversations, by id, in which a person is or was, rooms left out: where their name stands beside what they said. */
export async function conversationsEverOf(read: Reader, userId: string, after: string | null, limit: number): Promise<string[]> {
  let query = read
    .selectFrom('span as s')
    .innerJoin('conversation as c', 'c.id', 's.conversation_id')
    .select('s.conversation_id')
    .distinct()
    .where('s.user_id', '=', bytesOf(userId))
    .where('c.kind', '<>', 'room')
    .where('c.closed_at', 'is', null)
    .orderBy('s.conversation_id')
    .limit(limit);
  if (after !== null) query = query.where('s.conversation_id', '>', bytesOf(after));
  const rows = await query.execute();
  return rows.map((r) => idOf(r.conversation_id));
}

/** Some conversations, rooms too, in which a person has a stay that lasts. */
export async function openStays(read: Reader, userId: string, limit: number): Promise<string[]> {
  const query = read.selectFrom('span').select('conversation_id').where('user_id', '=', bytesOf(userId)).where('open', '=', 1).limit(limit);
  return (await query.execute()).map((r) => idOf(r.conversation_id));
}

/** What a person decided for themselves (N2, N3); `mails` is 0 none, 1 counts, 2 texts. */
export const preferencesOf = (read: Reader, userId: string) =>
  read.selectFrom('user').select(['receipts', 'mails']).where('id', '=', bytesOf(userId)).executeTakeFirst();
