import type { RoomSort } from '@koreromai/contract';
import { type RawBuilder, sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { counterFollower } from './analytics/folded.ts';
import { staysIn } from './overviews.ts';
import { mayEnter } from './visible.ts';

/** What each sort puts first, as a number: the highest first, then by name. By name alone there is nothing before it. */
const ranks: Record<RoomSort, RawBuilder<number>> = {
  name: sql<number>`0`,
  recent: sql<number>`coalesce(v.visited_at, 0)`,
  mine: sql<number>`coalesce(w.n, 0) + coalesce(t.n, 0)`,
  activity: sql<number>`s.pos`,
};

/** Rooms with what one person has to do with each of them. `mine` adds to the folded counts what the log holds beyond them. */
function rooms(read: Reader, viewerId: string, sort: RoomSort) {
  const me = bytesOf(viewerId);
  const written = sql<{
    conversation_id: Buffer;
    n: number;
  }>`(select conversation_id, sum(messages) as n from counter_month where author_id = ${me} group by conversation_id)`;
  const unfolded = sql<{
    stream_id: Buffer;
    n: number;
  }>`(select stream_id, count(*) as n from event where pos > coalesce((select pos from follower where name = ${counterFollower}), 0)
    and type = 'message.created' and actor_id = ${me} group by +stream_id)`; // the sign keeps SQLite from walking the whole log in the order of streams
  return read
    .selectFrom('conversation as c')
    .innerJoin('stream as s', 's.id', 'c.id')
    .leftJoin('user as u', 'u.id', 'c.owner_id')
    .leftJoin('room_count as k', 'k.conversation_id', 'c.id')
    .leftJoin('span as o', (on) => on.onRef('o.conversation_id', '=', 'c.id').on('o.user_id', '=', me).on('o.open', '=', 1))
    .leftJoin('member_state as v', (on) => on.onRef('v.conversation_id', '=', 'c.id').on('v.user_id', '=', me))
    .leftJoin(written.as('w'), 'w.conversation_id', 'c.id')
    .leftJoin(unfolded.as('t'), 't.stream_id', 'c.id')
    .select(['c.id', 'c.name', 'c.name_key', 'c.owner_id', 'c.created_at', 'c.closed_at', 'c.access', 'c.listed', 'c.history', 's.seq'])
    .select([
      'u.username',
      'u.name as owner_name',
      'u.bio',
      'u.avatar_id',
      'u.bot',
      'u.created_at as owner_created_at',
      'u.deleted_at as owner_deleted_at',
    ])
    .select(['o.role', 'v.visited_at', 'v.last_read_seq', 'v.unread_seq', 'v.unread_at', 'v.cleared_seq'])
    .select([
      sql<number>`case when ${mayEnter('c', viewerId)} then 1 else 0 end`.as('enters'),
      staysIn(read, viewerId).as('stays'),
      ranks.mine.as('mine'),
      sql<number>`coalesce(k.followers, 0)`.as('followers'),
      ranks[sort].as('rank'),
    ]);
}

export type RoomRow = Awaited<ReturnType<ReturnType<typeof rooms>['execute']>>[number];

/** Rooms by id, closed ones included, whoever may enter: the caller looks at `enters`. */
export const roomsById = (read: Reader, viewerId: string, ids: readonly string[]): Promise<RoomRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : rooms(read, viewerId, 'name').where('c.kind', '=', 'room').where('c.id', 'in', ids.map(bytesOf)).execute();

/** As `roomSearchKey` makes it of what is looked for: macrons are no letters of their own here. */
const searchKey = [...'āēīōū'].reduce<RawBuilder<string>>(
  (inner, letter) => sql<string>`replace(${inner}, ${sql.lit(letter)}, ${sql.lit(letter.normalize('NFD').charAt(0))})`,
  sql<string>`${sql.ref('c.name_key')}`,
);

/** The open rooms that a person may know of, in one of four orders (Q5); `search` as `roomSearchKey` makes it, empty for all. */
export function roomPage(
  read: Reader,
  { viewerId, sort, search }: { viewerId: string; sort: RoomSort; search: string },
  beyond: { rank: number; name: string } | null,
  limit: number,
) {
  const rank = ranks[sort];
  let query = rooms(read, viewerId, sort)
    .where('c.name_key', 'is not', null) // none but open rooms have one
    .where(sql<boolean>`(c.listed = 1 or ${mayEnter('c', viewerId)})`)
    .orderBy(sql.ref('rank'), 'desc')
    .orderBy('c.name_key')
    .limit(limit);
  if (search !== '') query = query.where(sql<boolean>`instr(${searchKey}, ${search}) > 0`);
  if (beyond !== null)
    query = query.where(sql<boolean>`(${rank} < ${beyond.rank} or ${rank} = ${beyond.rank} and c.name_key > ${beyond.name})`);
  return query.execute();
}

/** Open rooms by name, each with the followers that are kept for it and those that a full count finds, both of one moment. */
export function countedRooms(read: Reader, after: string | null, limit: number) {
  const followers = sql<number>`coalesce(k.followers, 0)`.as('followers');
  const stays = sql<number>`(select count(*) from span as s where s.conversation_id = c.id and s.open = 1)`.as('stays');
  let query = read
    .selectFrom('conversation as c')
    .leftJoin('room_count as k', 'k.conversation_id', 'c.id')
    .select(['c.id', 'c.name_key', followers, stays])
    .where('c.name_key', 'is not', null)
    .orderBy('c.name_key')
    .limit(limit);
  if (after !== null) query = query.where('c.name_key', '>', after);
  return query.execute();
}

/** The hash and the version of a room's password; null without one. */
export const roomPassword = (read: Reader, roomId: string) =>
  read
    .selectFrom('conversation')
    .select(['access', 'password_hash', 'password_version'])
    .where('id', '=', bytesOf(roomId))
    .executeTakeFirst();

/** Who is on one of a room's lists, by user id. */
export function roomListPage(read: Reader, roomId: string, list: 'allow' | 'deny', after: string | null, limit: number) {
  let query = read
    .selectFrom('room_access as a')
    .innerJoin('user as u', 'u.id', 'a.user_id')
    .select(['a.user_id', 'a.added_at', 'u.username', 'u.name', 'u.bio', 'u.avatar_id', 'u.bot', 'u.created_at', 'u.deleted_at'])
    .where('a.conversation_id', '=', bytesOf(roomId))
    .where('a.list', '=', list)
    .orderBy('a.user_id')
    .limit(limit);
  if (after !== null) query = query.where('a.user_id', '>', bytesOf(after));
  return query.execute();
}
