import { sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** Conversations with the heads of their streams. Unchecked: the caller holds the ids against the reader's standing. */
export const conversationsById = (read: Reader, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('conversation as c')
        .innerJoin('stream as s', 's.id', 'c.id')
        .select(['c.id', 'c.kind', 'c.name', 'c.owner_id', 'c.created_at', 'c.closed_at', 'c.add_policy', 's.seq'])
        .select(['c.id', 'c.kind', 'c.name', 'c.owner_id', 'c.created_at', 'c.closed_at', 'c.access', 's.seq'])
        .where('c.id', 'in', ids.map(bytesOf))
        .execute();

/** The people in these conversations now, in the order they came. */
export const membersOf = (read: Reader, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('span as s')
        .innerJoin('user as u', 'u.id', 's.user_id')
        .select([
          's.conversation_id',
          's.user_id',
          's.role',
          's.joined_at',
          's.from_seq',
          's.added_by',
          'u.username',
          'u.name',
          'u.bio',
          'u.avatar_id',
          'u.bot',
          'u.created_at',
          'u.deleted_at',
        ])
        .where('s.conversation_id', 'in', ids.map(bytesOf))
        .where('s.open', '=', 1)
        .orderBy('s.from_seq')
        .orderBy('s.joined_at')
        .orderBy('s.user_id')
        .execute();

export type MemberRow = Awaited<ReturnType<typeof membersOf>>[number];

/** Members of one conversation, paged by user id. */
export function memberPage(read: Reader, conversationId: string, after: string | null, limit: number) {
  let query = read
    .selectFrom('span as s')
    .innerJoin('user as u', 'u.id', 's.user_id')
    .select(['s.user_id', 's.role', 's.joined_at', 's.from_seq', 's.added_by'])
    .select(['u.username', 'u.name', 'u.bio', 'u.avatar_id', 'u.bot', 'u.created_at', 'u.deleted_at'])
    .where('s.conversation_id', '=', bytesOf(conversationId))
    .where('s.open', '=', 1)
    .orderBy('s.user_id')
    .limit(limit);
  if (after !== null) query = query.where('s.user_id', '>', bytesOf(after));
  return query.execute();
}

/** One person who is in a conversation now. */
export const memberOf = (read: Reader, conversationId: string, userId: string) =>
  read
    .selectFrom('span as s')
    .innerJoin('user as u', 'u.id', 's.user_id')
    .select(['s.user_id', 's.role', 's.joined_at', 's.from_seq', 's.added_by'])
    .select(['u.username', 'u.name', 'u.bio', 'u.avatar_id', 'u.bot', 'u.created_at', 'u.deleted_at'])
    .where('s.conversation_id', '=', bytesOf(conversationId))
    .where('s.user_id', '=', bytesOf(userId))
    .where('s.open', '=', 1)
    .executeTakeFirst();

/** The newest stay of a person in a conversation: what `member.added` tells of, even after they left. */
export const staysOf = (read: Reader, pairs: readonly { conversationId: string; userId: string }[]) =>
  pairs.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('span')
        .select(['conversation_id', 'user_id', 'role', 'joined_at', 'from_seq'])
        .where((where) =>
          where.or(
            pairs.map((p) =>
              where.and([where('conversation_id', '=', bytesOf(p.conversationId)), where('user_id', '=', bytesOf(p.userId))]),
            ),
          ),
        )
        .orderBy('from_seq')
        .execute();

/** Open invitations of these conversations that have not run out at `now`. */
export const invitationsOf = (read: Reader, ids: readonly string[], now: number) =>
  ids.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('invitation')
        .select(['id', 'conversation_id', 'inviter_id', 'email', 'expires_at'])
        .where('conversation_id', 'in', ids.map(bytesOf))
        .where('open', '=', 1)
        .where('expires_at', '>', now)
        .orderBy('id')
        .execute();

export type InvitationRow = Awaited<ReturnType<typeof invitationsOf>>[number];

/** One invitation with what its page shows, whatever its state. */
export const invitationById = (read: Reader, id: string) =>
  read
    .selectFrom('invitation as i')
    .innerJoin('user as u', 'u.id', 'i.inviter_id')
    .leftJoin('conversation as c', 'c.id', 'i.conversation_id')
    .select([
      'i.id',
      'i.conversation_id',
      'i.inviter_id',
      'i.expires_at',
      'i.open',
      'i.accepted_by',
      'c.name as conversation_name',
      'c.closed_at',
    ])
    .select(['u.username', 'u.name', 'u.bio', 'u.avatar_id', 'u.bot', 'u.created_at', 'u.deleted_at', 'u.suspended_at'])
    .where('i.id', '=', bytesOf(id))
    .executeTakeFirst();

/** My open invitations, of one conversation or (null) to direct chats that have not begun, by id, which tells nothing of their age. */
export function myInvitations(
  read: Reader,
  inviterId: string,
  conversationId: string | null,
  now: number,
  before: string | null,
  limit: number,
) {
  let query = read
    .selectFrom('invitation')
    .select(['id', 'conversation_id', 'inviter_id', 'email', 'expires_at'])
    .where('inviter_id', '=', bytesOf(inviterId))
    .where('open', '=', 1)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(limit);
  query =
    conversationId === null ? query.where('conversation_id', 'is', null) : query.where('conversation_id', '=', bytesOf(conversationId));
  if (before !== null) query = query.where('id', '<', bytesOf(before));
  return query.execute();
}

/** Hidden and nothing new since: no message beyond, no new stay. Of a row of `member_state`; a stay is looked for as `open`. */
export const stillHidden = (state: string) => sql<number>`(${sql.ref(`${state}.hidden_at`)} is not null
  and not exists (select 1 from message as n where n.conversation_id = ${sql.ref(`${state}.conversation_id`)} and n.seq > ${sql.ref(`${state}.hidden_at`)})
  and not exists (select 1 from span as o where o.conversation_id = ${sql.ref(`${state}.conversation_id`)} and o.user_id = ${sql.ref(`${state}.user_id`)} and o.open = 1 and o.from_seq > ${sql.ref(`${state}.hidden_at`)}))`;

/** What I have read, cleared, hidden and muted in these conversations. */
export const myStates = (read: Reader, userId: string, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('member_state')
        .select(['conversation_id', 'last_read_seq', 'cleared_seq', 'notify', 'muted_until', stillHidden('member_state').as('hidden')])
        .where('user_id', '=', bytesOf(userId))
        .where('conversation_id', 'in', ids.map(bytesOf))
        .execute();
