import { type RawBuilder, sql } from 'kysely';
import { bytesOf, idOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** Seqs from `from` to `to`, both included; `to` is null while the stay lasts. */
export interface SeqRange {
  readonly from: number;
  readonly to: number | null;
}

/**
 * H1, the one predicate: a message is visible when its seq lies in one of the reader's stays and above what they cleared.
 * `seq` names the column. Every query that shows content goes through this.
 */
export function visible(seq: string, ranges: readonly SeqRange[], clearedSeq: number): RawBuilder<boolean> {
  const column = sql.ref(seq);
  const stays = ranges.map((r) => (r.to === null ? sql`${column} >= ${r.from}` : sql`${column} between ${r.from} and ${r.to}`));
  if (stays.length === 0) return sql<boolean>`1 = 0`;
  return sql<boolean>`(${sql.join(stays, sql` or `)}) and ${column} > ${clearedSeq}`;
}

/** The conversations a person is in now, with all their stays in each: `conversation id → ranges`. */
export async function standingOf(read: Reader, userId: string, conversationIds?: readonly string[]): Promise<Map<string, SeqRange[]>> {
  let query = read.selectFrom('span').select(['conversation_id', 'from_seq', 'to_seq', 'open']).where('user_id', '=', bytesOf(userId));
  if (conversationIds) query = query.where('conversation_id', 'in', conversationIds.map(bytesOf));
  const rows = await query.execute();
  const inside = new Set(rows.filter((r) => r.open === 1).map((r) => idOf(r.conversation_id)));
  const standing = new Map<string, SeqRange[]>();
  for (const row of rows) {
    const id = idOf(row.conversation_id);
    if (!inside.has(id)) continue; // H2: while out, nothing is visible
    const range = { from: Number(row.from_seq), to: row.to_seq === null ? null : Number(row.to_seq) };
    standing.set(id, [...(standing.get(id) ?? []), range]);
  }
  return standing;
}

/** How one person stands in one conversation, or null when they are not in it or it does not exist. */
export async function standingIn(read: Reader, userId: string, conversationId: string) {
  const rows = await read
    .selectFrom('span as s')
    .innerJoin('conversation as c', 'c.id', 's.conversation_id')
    .leftJoin('member_state as m', (on) => on.onRef('m.conversation_id', '=', 's.conversation_id').onRef('m.user_id', '=', 's.user_id'))
    .select(['c.kind', 'c.closed_at', 's.from_seq', 's.to_seq', 's.open', 's.role', 'm.last_read_seq', 'm.cleared_seq'])
    .where('s.conversation_id', '=', bytesOf(conversationId))
    .where('s.user_id', '=', bytesOf(userId))
    .execute();
  const now = rows.find((r) => r.open === 1);
  if (!now) return null;
  return {
    kind: now.kind,
    role: now.role,
    closedAt: now.closed_at === null ? null : Number(now.closed_at),
    lastReadSeq: Number(now.last_read_seq ?? 0),
    clearedSeq: Number(now.cleared_seq ?? 0),
    ranges: rows.map((r) => ({ from: Number(r.from_seq), to: r.to_seq === null ? null : Number(r.to_seq) })),
  };
}

/**
 * Ids of the conversations that a person may look into now, closed ones left out: what is counted and searched for them.
 * Rooms that one may enter without being in them belong here too, once there are rooms.
 */
export async function visibleConversations(read: Reader, userId: string): Promise<string[]> {
  const rows = await read
    .selectFrom('span as s')
    .innerJoin('conversation as c', 'c.id', 's.conversation_id')
    .select('c.id')
    .where('s.user_id', '=', bytesOf(userId))
    .where('s.open', '=', 1)
    .where('c.closed_at', 'is', null)
    .execute();
  return rows.map((row) => idOf(row.id));
}
