import { limits } from '@koreromai/contract';
import { type RawBuilder, sql } from 'kysely';
import { bytesOf, idOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { compiledOnce } from './compiled-once.ts';

/** B1: no block stands between these two, either way. `other` names a column with a person's id. */
const unblocked = (userId: string, other: string): RawBuilder<boolean> => {
  const [me, them] = [bytesOf(userId), sql.ref(other)];
  return sql<boolean>`not exists (select 1 from block as b where b.blocker_id = ${me} and b.blocked_id = ${them})
    and not exists (select 1 from block as b where b.blocker_id = ${them} and b.blocked_id = ${me})`;
};

const peopleWith = (read: Reader, me: Buffer) =>
  read
    .selectFrom('span as s')
    .innerJoin('conversation as c', 'c.id', 's.conversation_id')
    .innerJoin('span as o', 'o.conversation_id', 's.conversation_id')
    .select('o.user_id')
    .distinct()
    .where('s.user_id', '=', me)
    .where('s.open', '=', 1)
    .where('o.open', '=', 1)
    .where('o.user_id', '<>', me)
    .where('c.kind', '<>', 'room')
    .where('c.closed_at', 'is', null);

/** Blocks are asked about for each person once, not for each chat shared with them. */
const unblockedOf = (read: Reader, me: Buffer, people: ReturnType<typeof peopleWith>, limit: number) =>
  read
    .selectFrom(people.as('p'))
    .select('p.user_id')
    .where(unblocked(idOf(me), 'p.user_id'))
    .limit(limit);

const told = compiledOnce(16, (read, me) => unblockedOf(read, me, peopleWith(read, me), limits.presence.told));

/** At most `limits.presence.told` people who are in a direct chat or a group with this person now, in no block with them either way. Rooms are no company. */
export const companyOf = async (read: Reader, userId: string) => (await told(read, bytesOf(userId))).map((row) => idOf(row.user_id));

/** Those of these people who are in such company with this person. */
export async function companyAmong(read: Reader, userId: string, among: readonly string[]): Promise<string[]> {
  if (among.length === 0) return [];
  const me = bytesOf(userId);
  const people = peopleWith(read, me).where('o.user_id', 'in', among.map(bytesOf));
  return (await unblockedOf(read, me, people, among.length).execute()).map((row) => idOf(row.user_id));
}

const inside = compiledOnce(16, (read, id) =>
  read.selectFrom('span').select('user_id').where('conversation_id', '=', id).where('open', '=', 1),
);

/** Everybody who is in this chat now. For groups, which are small. */
export const everyoneIn = async (read: Reader, conversationId: string) =>
  (await inside(read, bytesOf(conversationId))).map((row) => idOf(row.user_id));

/** The others who are in this chat now, in no block with this person either way. */
export async function othersIn(read: Reader, userId: string, conversationId: string) {
  const rows = await read
    .selectFrom('span as o')
    .select('o.user_id')
    .where('o.conversation_id', '=', bytesOf(conversationId))
    .where('o.open', '=', 1)
    .where('o.user_id', '<>', bytesOf(userId))
    .where(unblocked(userId, 'o.user_id'))
    .execute();
  return rows.map((row) => idOf(row.user_id));
}

/**
 * N2: how far the others in this chat have read, by their ids. None across a block, none of whoever keeps that to themselves, and
 * none at all for a reader who does.
 */
export function receiptPage(read: Reader, viewerId: string, conversationId: string, after: string | null, limit: number) {
  let query = read
    .selectFrom('span as o')
    .innerJoin('user as u', 'u.id', 'o.user_id')
    .leftJoin('member_state as m', (on) => on.onRef('m.user_id', '=', 'o.user_id').onRef('m.conversation_id', '=', 'o.conversation_id'))
    .select(['o.user_id', 'm.last_read_seq', 'u.username', 'u.name', 'u.bio', 'u.avatar_id', 'u.bot', 'u.created_at', 'u.deleted_at'])
    .where('o.conversation_id', '=', bytesOf(conversationId))
    .where('o.open', '=', 1)
    .where('o.user_id', '<>', bytesOf(viewerId))
    .where('u.receipts', '=', 1)
    .where(sql<boolean>`exists (select 1 from user as v where v.id = ${bytesOf(viewerId)} and v.receipts = 1)`)
    .where(unblocked(viewerId, 'o.user_id'))
    .orderBy('o.user_id')
    .limit(limit);
  if (after !== null) query = query.where('o.user_id', '>', bytesOf(after));
  return query.execute();
}

/** Whom this person blocks and who blocks them: at most `limit`. Not for showing. */
export async function blockedAround(read: Reader, userId: string, limit: number): Promise<string[]> {
  const me = bytesOf(userId);
  const rows = await read
    .selectFrom('block')
    .select('blocked_id as id')
    .where('blocker_id', '=', me)
    .union(read.selectFrom('block').select('blocker_id as id').where('blocked_id', '=', me))
    .limit(limit)
    .execute();
  return rows.map((row) => idOf(row.id));
}
