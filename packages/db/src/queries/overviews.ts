import { SqliteAdapter, sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { stillHidden } from './conversations.ts';
import type { Json } from './trimmings.ts';
import { mayEnter } from './visible.ts';

/** One of the reader's stays. */
export interface StayRow {
  from: number;
  to: number | null;
}

/** Somebody who is in a chat, or was in a direct one until they deleted their account. Ids are hexadecimal. */
export interface SeatRow {
  user_id: string;
  role: string;
  joined_at: number;
  from_seq: number;
  open: number | null;
  /** Empty on SQLite where there is none. */
  added_by: string | null;
  username: string;
  name: string;
  bio: string;
  /** Empty on SQLite where there is none. */
  avatar_id: string | null;
  bot: number;
  created_at: number;
  deleted_at: number | null;
}

/** An open invitation; the id is hexadecimal. */
export interface WaitingRow {
  id: string;
  inviter_id: string;
  email: string;
  expires_at: number;
}

/** All stays of a person in the conversation `c`. */
export const staysIn = (read: Reader, viewerId: string) => sql<Json<StayRow[]>>`(
  select ${listing(read)}(json_object('from', i.from_seq, 'to', i.to_seq)) from span as i where i.conversation_id = c.id and i.user_id = ${bytesOf(viewerId)})`;

const listing = (read: Reader) => sql.raw(read.getExecutor().adapter instanceof SqliteAdapter ? 'json_group_array' : 'json_arrayagg');

export interface Overviewed {
  readonly viewerId: string;
  /** Milliseconds since 1970: an invitation that has run out keeps no seat. */
  readonly now: number;
}

/**
 * What a list of conversations shows of each that the reader is in now, but for what was said: the conversation with the head of its
 * stream, the reader's stays and state, everybody's seats and the invitations, all in one statement. Rooms only while they may be
 * entered; their people are a list of their own.
 */
function overviews(read: Reader, { viewerId, now }: Overviewed) {
  const all = listing(read);
  const me = bytesOf(viewerId);
  const stays = staysIn(read, viewerId);
  const seats = sql<Json<SeatRow[]>>`case when c.kind = 'room' then null else (
    select ${all}(json_object('user_id', hex(u.id), 'role', h.role, 'joined_at', h.joined_at, 'from_seq', h.from_seq, 'open', h.open, 'added_by', hex(h.added_by),
      'username', u.username, 'name', u.name, 'bio', u.bio, 'avatar_id', hex(u.avatar_id), 'bot', u.bot, 'created_at', u.created_at, 'deleted_at', u.deleted_at))
    from span as h join user as u on u.id = h.user_id
    where h.conversation_id = c.id and (h.open = 1 or c.kind = 'direct' and h.end_reason = 'deleted')) end`;
  const waiting = sql<Json<WaitingRow[]>>`case when c.kind = 'room' then null else (
    select ${all}(json_object('id', hex(v.id), 'inviter_id', hex(v.inviter_id), 'email', v.email, 'expires_at', v.expires_at))
    from invitation as v where v.conversation_id = c.id and v.open = 1 and v.expires_at > ${now}) end`;
  return read
    .selectFrom('span as p')
    .innerJoin('stream as s', 's.id', 'p.conversation_id')
    .innerJoin('conversation as c', 'c.id', 'p.conversation_id')
    .leftJoin('member_state as m', (on) => on.onRef('m.conversation_id', '=', 'p.conversation_id').onRef('m.user_id', '=', 'p.user_id'))
    .leftJoin('user as o', 'o.id', 'c.owner_id')
    .select([
      'c.id',
      'c.kind',
      'c.name',
      'c.owner_id',
      'c.created_at',
      'c.closed_at',
      'c.add_policy',
      'c.access',
      's.seq',
      's.pos',
      'p.role',
    ])
    .select(['m.last_read_seq', 'm.unread_seq', 'm.unread_at', 'm.cleared_seq', 'm.notify', 'm.muted_until'])
    .select([
      'o.username as owner_username',
      'o.name as owner_name',
      'o.bio as owner_bio',
      'o.avatar_id as owner_avatar_id',
      'o.bot as owner_bot',
      'o.created_at as owner_created_at',
      'o.deleted_at as owner_deleted_at',
    ])
    .select([stillHidden('m').as('hidden'), stays.as('stays'), seats.as('seats'), waiting.as('waiting')])
    .where('p.user_id', '=', me)
    .where('p.open', '=', 1)
    .where(sql<boolean>`case when c.kind = 'room' then ${mayEnter('c', viewerId)} else 1 = 1 end`);
}

export type OverviewRow = Awaited<ReturnType<ReturnType<typeof overviews>['execute']>>[number];

/** Those of these conversations that the reader is in now, closed ones included. In no order. */
export const overviewsById = (read: Reader, viewing: Overviewed, ids: readonly string[]): Promise<OverviewRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : overviews(read, viewing).where('p.conversation_id', 'in', ids.map(bytesOf)).execute();

/** The reader's conversations by last activity (the stream's pos), newest first: `(pos, id)` of a page. Closed ones are no longer there. */
export function overviewPage(
  read: Reader,
  viewing: Overviewed,
  hidden: boolean,
  beyond: { pos: number; id: string } | null,
  limit: number,
): Promise<OverviewRow[]> {
  let query = overviews(read, viewing).where('c.closed_at', 'is', null).orderBy('s.pos', 'desc').orderBy('s.id', 'desc').limit(limit);
  if (!hidden) query = query.where(sql<boolean>`not coalesce(${stillHidden('m')}, 0)`);
  if (beyond !== null) {
    query = query.where((where) =>
      where.or([where('s.pos', '<', beyond.pos), where.and([where('s.pos', '=', beyond.pos), where('s.id', '<', bytesOf(beyond.id))])]),
    );
  }
  return query.execute();
}
