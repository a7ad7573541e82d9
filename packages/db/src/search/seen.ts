import { type RawBuilder, sql } from 'kysely';
import { bytesOf } from '../ids.ts';

/**
 * H1 for messages of whichever conversation: the reader's stays and clears are looked up for each row.
 * `alias` names the message table, `conversation` the joined conversation table.
 */
export function seen(alias: string, conversation: string, viewerId: string): RawBuilder<boolean> {
  const [m, c, me] = [sql.ref(`${alias}.conversation_id`), conversation, bytesOf(viewerId)];
  const seq = sql.ref(`${alias}.seq`);
  const stay = sql`exists (select 1 from span as i where i.conversation_id = ${m} and i.user_id = ${me} and i.open = 1)
    and exists (select 1 from span as o where o.conversation_id = ${m} and o.user_id = ${me} and ${seq} >= o.from_seq and (o.to_seq is null or ${seq} <= o.to_seq))`;
  const cleared = sql`coalesce((select e.cleared_seq from member_state as e where e.user_id = ${me} and e.conversation_id = ${m}), 0)`;
  return sql<boolean>`${sql.ref(`${c}.closed_at`)} is null and ${stay} and ${seq} > ${cleared}
    and not exists (select 1 from hidden_message as h where h.user_id = ${me} and h.message_id = ${sql.ref(`${alias}.id`)})`;
}
