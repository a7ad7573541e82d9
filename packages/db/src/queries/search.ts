import { sql } from 'kysely';
import { bytesOf, idOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import type { Ground } from '../search/search.ts';
import { mayEnter } from './visible.ts';

/** The conversations a person is in, or one of them, with what they can see of each at most. */
export async function groundsOf(read: Reader, userId: string, only: string | null): Promise<Ground[]> {
  let query = read
    .selectFrom('span as s')
    .innerJoin('conversation as c', 'c.id', 's.conversation_id')
    .innerJoin('stream as h', 'h.id', 's.conversation_id')
    .leftJoin('member_state as e', (on) => on.onRef('e.conversation_id', '=', 's.conversation_id').onRef('e.user_id', '=', 's.user_id'))
    .select(['s.conversation_id', 's.from_seq', 's.to_seq', 's.open', 'c.closed_at', 'h.seq', 'e.cleared_seq'])
    .where('s.user_id', '=', bytesOf(userId));
  if (only !== null) query = query.where('s.conversation_id', '=', bytesOf(only));
  const rows = await query.execute();
  const grounds = new Map<string, Ground>();
  for (const row of rows) {
    const id = idOf(row.conversation_id);
    if (row.open === 1) grounds.set(id, { conversationId: id, ranges: [], closed: row.closed_at !== null });
  }
  for (const row of rows) {
    const ground = grounds.get(idOf(row.conversation_id));
    if (!ground) continue; // H2: while out, nothing is visible
    const head = Number(row.seq);
    const [from, to] = [Number(row.from_seq), row.to_seq === null ? head : Number(row.to_seq)];
    const range = { from: Math.max(from, Number(row.cleared_seq ?? 0) + 1), to };
    if (range.from <= to) grounds.set(ground.conversationId, { ...ground, ranges: [...ground.ranges, range] });
  }
  return [...grounds.values()];
}

/** A room that this person may enter, and all of it if it may be read without being in it; null for everything else. */
export async function roomGround(read: Reader, userId: string, roomId: string): Promise<Ground | null> {
  const row = await read
    .selectFrom('conversation as c')
    .innerJoin('stream as h', 'h.id', 'c.id')
    .leftJoin('member_state as e', (on) => on.onRef('e.conversation_id', '=', 'c.id').on('e.user_id', '=', bytesOf(userId)))
    .select(['c.closed_at', 'c.history', 'h.seq', 'e.cleared_seq'])
    .where('c.id', '=', bytesOf(roomId))
    .where('c.kind', '=', sql.lit('room'))
    .where(mayEnter('c', userId))
    .executeTakeFirst();
  if (!row) return null;
  const range = { from: Number(row.cleared_seq ?? 0) + 1, to: Number(row.seq) };
  return { conversationId: roomId, ranges: row.history === 'all' && range.from <= range.to ? [range] : [], closed: row.closed_at !== null };
}

/** What the index must know of these messages, deleted ones included. */
export const messagesToIndex = (read: Reader, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('message')
        .select(['id', 'conversation_id', 'seq', 'author_id', 'text', 'created_at', 'deleted_at'])
        .where('id', 'in', ids.map(bytesOf))
        .execute();

/** The types of the files that hang on these messages. */
export const fileTypesOf = (read: Reader, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('attachment')
        .select(['message_id', 'type'])
        .where('message_id', 'in', ids.map(bytesOf))
        .where('removed_at', 'is', null)
        .execute();

/** The docs that are taken from one on and below another. */
export async function docsBetween(read: Reader, from: number, below: number): Promise<number[]> {
  const rows = await read.selectFrom('search_document').select('doc').where('doc', '>=', from).where('doc', '<', below).execute();
  return rows.map((row) => Number(row.doc));
}
