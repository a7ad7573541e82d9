import { type RawBuilder, sql } from 'kysely';
import { bytesOf } from '../ids.ts';

/** Seqs from `from` to `to`, both included; `to` is null while the stay lasts. */
export interface SeqRange {
  readonly from: number;
  readonly to: number | null;
}

/** How one person sees one conversation: their stays, what they cleared, and whose hidden messages are left out. */
export interface Eyes {
  readonly viewerId: string;
  readonly ranges: readonly SeqRange[];
  readonly clearedSeq: number;
}

/**
 * H1, the one predicate: a message is visible when its seq lies in one of the reader's stays, above what they cleared,
 * and they have not hidden it. `alias` names the message table. Every query that shows content goes through this or
 * through `seen`, which says the same of messages of any conversation.
 */
export const visible = (alias: string, eyes: Eyes): RawBuilder<boolean> =>
  sql<boolean>`${within(alias, eyes)} and ${notHidden(alias, eyes.viewerId)}`;

/** The same but for what the reader hid. */
export function within(alias: string, eyes: Eyes): RawBuilder<boolean> {
  const seq = sql.ref(`${alias}.seq`);
  const stays = eyes.ranges.map((r) => (r.to === null ? sql`${seq} >= ${r.from}` : sql`${seq} between ${r.from} and ${r.to}`));
  if (stays.length === 0) return sql<boolean>`1 = 0`;
  return sql<boolean>`(${sql.join(stays, sql` or `)}) and ${seq} > ${eyes.clearedSeq}`;
}

/**
 * H1 for messages of whichever conversation: the same predicate, with the reader's stays, room access and clears looked
 * up for each row. `conversation` names the joined conversation table. A room shows everything to who may enter and is not in it, unless it
 * shows what was said since joining. Nothing of a closed conversation is seen.
 */
export const seen = (alias: string, conversation: string, viewerId: string): RawBuilder<boolean> =>
  sql<boolean>`${reachable(alias, conversation, viewerId)} and ${notHidden(alias, viewerId)}`;

/** The same but for what the reader hid: it is theirs to bring back. */
export function reachable(alias: string, conversation: string, viewerId: string): RawBuilder<boolean> {
  const [m, c, me] = [sql.ref(`${alias}.conversation_id`), conversation, bytesOf(viewerId)];
  const seq = sql.ref(`${alias}.seq`);
  const stay = sql`exists (select 1 from span as i where i.conversation_id = ${m} and i.user_id = ${me} and i.open = 1)
    and exists (select 1 from span as o where o.conversation_id = ${m} and o.user_id = ${me} and ${seq} >= o.from_seq and (o.to_seq is null or ${seq} <= o.to_seq))`;
  const outside = sql`${sql.ref(`${c}.history`)} <> 'fromJoin' and not exists (select 1 from span as j where j.conversation_id = ${m} and j.user_id = ${me} and j.open = 1)`;
  const cleared = sql`coalesce((select e.cleared_seq from member_state as e where e.user_id = ${me} and e.conversation_id = ${m}), 0)`;
  return sql<boolean>`${sql.ref(`${c}.closed_at`)} is null
    and case when ${sql.ref(`${c}.kind`)} = 'room' then ${mayEnter(c, viewerId)} and (${outside} or ${stay}) else ${stay} end
    and ${seq} > ${cleared}`;
}

/** The reader has not deleted the message on their side. */
export const notHidden = (alias: string, viewerId: string) =>
  sql`not exists (select 1 from hidden_message as h where h.user_id = ${bytesOf(viewerId)} and h.message_id = ${sql.ref(`${alias}.id`)})`;

/**
 * Q2, the one rule of who may enter a room: nobody who is denied; its owner and its admins, whoever is allowed, whoever
 * knows the password of today; moderators of the site; everyone, if it is public. `alias` names the conversation table.
 */
export function mayEnter(alias: string, viewerId: string): RawBuilder<boolean> {
  const me = bytesOf(viewerId);
  const [room, access] = [sql.ref(`${alias}.id`), sql.ref(`${alias}.access`)];
  const listed = (list: 'allow' | 'deny') =>
    sql`exists (select 1 from room_access as a where a.conversation_id = ${room} and a.user_id = ${me} and a.list = ${list})`;
  return sql<boolean>`(${sql.ref(`${alias}.owner_id`)} = ${me} or not ${listed('deny')} and (${access} = 'public' or ${listed('allow')}
    or exists (select 1 from span as r where r.conversation_id = ${room} and r.user_id = ${me} and r.open = 1 and r.role <> 'member')
    or ${access} = 'password' and exists (select 1 from member_state as g where g.user_id = ${me} and g.conversation_id = ${room} and g.granted_version = ${sql.ref(`${alias}.password_version`)})
    or exists (select 1 from user as u where u.id = ${me} and u.role <> 'user')))`;
}
