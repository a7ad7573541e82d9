import { sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

const columns = [
  'id',
  'user_id',
  'email',
  'kind',
  'conversation_id',
  'state',
  'run_after',
  'attempts',
  'holder',
  'data',
  'created_at',
  'last_error',
] as const;

/** The mail that has waited longest for its turn. One that is on the wire is due again when its lease has run out. */
export const dueMail = (read: Reader, now: number) =>
  read
    .selectFrom('mail')
    .select(columns)
    .where('state', '=', 'queued')
    .where('run_after', '<=', now)
    .orderBy('run_after')
    .limit(1)
    .executeTakeFirst();

export type MailRow = NonNullable<Awaited<ReturnType<typeof dueMail>>>;

/** The outbox, newest first, from before `before` (a mail's id; ids sort by birth). */
export function mailPage(read: Reader, before: string | null, limit: number) {
  let query = read
    .selectFrom('mail')
    .select([...columns, 'sent_at'])
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('id', '<', bytesOf(before));
  return query.execute();
}

/** The people in these direct chats and groups who take mails at all, with what they have read, cleared and muted. Rooms send none. */
export const recipientsIn = (read: Reader, conversationIds: readonly string[]) =>
  conversationIds.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('span as s')
        .innerJoin('conversation as c', 'c.id', 's.conversation_id')
        .innerJoin('user as u', 'u.id', 's.user_id')
        .leftJoin('member_state as m', (on) => on.onRef('m.conversation_id', '=', 's.conversation_id').onRef('m.user_id', '=', 's.user_id'))
        .select(['s.conversation_id', 's.user_id', 's.from_seq', 's.joined_at', 'u.name', 'u.email', 'u.mails'])
        .select(['m.last_read_seq', 'm.cleared_seq', 'm.notify', 'm.muted_until'])
        .where('s.conversation_id', 'in', conversationIds.map(bytesOf))
        .where('s.open', '=', 1)
        .where('c.kind', '!=', 'room')
        .where('c.closed_at', 'is', null)
        .where('u.deleted_at', 'is', null)
        .where('u.suspended_at', 'is', null)
        .where('u.mails', '!=', 0)
        .execute();

export type RecipientRow = Awaited<ReturnType<typeof recipientsIn>>[number];

/** Whom these messages name, and since when. */
export const namedBy = (read: Reader, messageIds: readonly string[]) =>
  messageIds.length === 0
    ? Promise.resolve([])
    : read.selectFrom('mention').select(['user_id', 'message_id', 'at']).where('message_id', 'in', messageIds.map(bytesOf)).execute();

/** Those whom these messages name in rooms and who take mails at all: in the shape of `recipientsIn`, followers of the room or not. */
export const recipientsInRooms = (read: Reader, messageIds: readonly string[]) =>
  messageIds.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('mention as n')
        .distinct()
        .innerJoin('conversation as c', 'c.id', 'n.conversation_id')
        .innerJoin('user as u', 'u.id', 'n.user_id')
        .leftJoin('member_state as m', (on) => on.onRef('m.conversation_id', '=', 'n.conversation_id').onRef('m.user_id', '=', 'n.user_id'))
        .select([
          'n.conversation_id',
          'n.user_id',
          sql<number>`0`.as('from_seq'),
          sql<number>`0`.as('joined_at'),
          'u.name',
          'u.email',
          'u.mails',
        ])
        .select(['m.last_read_seq', 'm.cleared_seq', 'm.notify', 'm.muted_until'])
        .where('n.message_id', 'in', messageIds.map(bytesOf))
        .where('c.kind', '=', 'room')
        .where('c.closed_at', 'is', null)
        .where('u.deleted_at', 'is', null)
        .where('u.suspended_at', 'is', null)
        .where('u.mails', '!=', 0)
        .execute();

/** When each of these people was last seen by any of their sessions; nothing for those who never were. */
export const lastSeenOf = (read: Reader, userIds: readonly string[]) =>
  userIds.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('session')
        .select((of) => ['user_id', of.fn.max('last_seen_at').as('last_seen_at')])
        .where('user_id', 'in', userIds.map(bytesOf))
        .groupBy('user_id')
        .execute();

/** Whom these people have blocked, among these. */
export const blocksAmong = (read: Reader, blockers: readonly string[], blocked: readonly string[]) =>
  blockers.length === 0 || blocked.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('block')
        .select(['blocker_id', 'blocked_id'])
        .where('blocker_id', 'in', blockers.map(bytesOf))
        .where('blocked_id', 'in', blocked.map(bytesOf))
        .execute();

/** Mails about chats that went or go to these people, from this quarter of an hour on, oldest first. */
export const chatMailsOf = (read: Reader, userIds: readonly string[], conversationIds: readonly string[], fromSlot: number) =>
  userIds.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('mail')
        .select(['user_id', 'conversation_id', 'slot', 'state', 'holder', 'sent_at'])
        .where('user_id', 'in', userIds.map(bytesOf))
        .where('conversation_id', 'in', conversationIds.map(bytesOf))
        .where('kind', '=', 'chat')
        .where('slot', '>=', fromSlot)
        .orderBy('slot')
        .execute();

/** A live account as a mail to it needs it. */
export const addressee = (read: Reader, userId: string) =>
  read
    .selectFrom('user')
    .select(['id', 'name', 'email', 'mails'])
    .where('id', '=', bytesOf(userId))
    .where('deleted_at', 'is', null)
    .where('suspended_at', 'is', null)
    .executeTakeFirst();

/** Whether an address (`addressIdOf`) wants no invitations. */
export async function refusesInvitations(read: Reader, addressId: string): Promise<boolean> {
  const row = await read.selectFrom('invited_address').select('refused_at').where('id', '=', bytesOf(addressId)).executeTakeFirst();
  return row !== undefined && row.refused_at !== null;
}

/** Milliseconds since 1970 by the clock of a MySQL server, the same for all its processes. */
export async function serverClock(read: Reader): Promise<number> {
  const { rows } = await sql<{ at: number }>`select timestampdiff(microsecond, '1970-01-01', utc_timestamp(6)) div 1000 as at`.execute(
    read,
  );
  return Number(rows[0]?.at);
}
