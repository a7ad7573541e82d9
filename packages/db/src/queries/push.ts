import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { bytesOf, idOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** What a browser is known by: its address at its push service is a secret of both, and too long for a key. */
export const pushIdOf = (endpoint: string): string => idOf(createHash('sha256').update(`push ${endpoint}`).digest().subarray(0, 16));

/** Browsers of the people in these direct chats and groups who want to be told, with what they have read and muted. Of rooms none. */
export const listenersIn = (read: Reader, conversationIds: readonly string[]) =>
  conversationIds.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('span as s')
        .innerJoin('conversation as c', 'c.id', 's.conversation_id')
        .innerJoin('push_subscription as p', 'p.user_id', 's.user_id')
        .leftJoin('member_state as m', (on) => on.onRef('m.conversation_id', '=', 's.conversation_id').onRef('m.user_id', '=', 's.user_id'))
        .select(['p.id', 's.conversation_id', 's.user_id', 's.from_seq'])
        .select(['m.last_read_seq', 'm.cleared_seq', 'm.notify', 'm.muted_until'])
        .where('s.conversation_id', 'in', conversationIds.map(bytesOf))
        .where('s.open', '=', 1)
        .where('c.kind', '!=', 'room')
        .where('c.closed_at', 'is', null)
        .execute();

export type ListenerRow = Awaited<ReturnType<typeof listenersIn>>[number];

/** Browsers of those whom these messages name in rooms: in the shape of `listenersIn`, followers of the room or not. */
export const listenersInRooms = (read: Reader, messageIds: readonly string[]) =>
  messageIds.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('mention as n')
        .distinct()
        .innerJoin('conversation as c', 'c.id', 'n.conversation_id')
        .innerJoin('push_subscription as p', 'p.user_id', 'n.user_id')
        .leftJoin('member_state as m', (on) => on.onRef('m.conversation_id', '=', 'n.conversation_id').onRef('m.user_id', '=', 'n.user_id'))
        .select(['p.id', 'n.conversation_id', 'n.user_id', sql<number>`0`.as('from_seq')])
        .select(['m.last_read_seq', 'm.cleared_seq', 'm.notify', 'm.muted_until'])
        .where('n.message_id', 'in', messageIds.map(bytesOf))
        .where('c.kind', '=', 'room')
        .where('c.closed_at', 'is', null)
        .execute();

/** What browsers are to be told at `now`, the longest waiting first, but for people whom enough is on its way to already. */
export function pushesDue(read: Reader, now: number, busy: readonly string[], limit: number) {
  let query = read.selectFrom('push_delivery').selectAll().where('run_after', '<=', now).orderBy('run_after').limit(limit);
  if (busy.length > 0) query = query.where('user_id', 'not in', busy.map(bytesOf));
  return query.execute();
}

export type PushRow = Awaited<ReturnType<typeof pushesDue>>[number];

/** A browser with the session and the account that it hangs on. */
export const pushSubscriptionOf = (read: Reader, id: Buffer) =>
  read
    .selectFrom('push_subscription as p')
    .innerJoin('session as s', 's.id', 'p.session_id')
    .innerJoin('user as u', 'u.id', 'p.user_id')
    .select(['p.user_id', 'p.endpoint', 'p.p256dh', 'p.auth', 'p.language'])
    .select(['s.created_at', 's.last_seen_at', 's.revoked_at', 'u.deleted_at', 'u.suspended_at', 'u.mails'])
    .where('p.id', '=', id)
    .executeTakeFirst();

export type PushSubscriptionRow = NonNullable<Awaited<ReturnType<typeof pushSubscriptionOf>>>;
