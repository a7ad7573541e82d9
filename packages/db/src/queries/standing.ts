import { CompiledQuery, sql } from 'kysely';
import { bytesOf, idOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { compiledOnce } from './compiled-once.ts';
import { mayEnter, type SeqRange } from './visible.ts';

/** A room shows all of itself to whoever may enter it and is not in it: to who is, what their stays cover, which is all of it unless they joined to see what follows. */
const everything: readonly SeqRange[] = [{ from: 0, to: null }];

const staysOf = compiledOnce(16, (read, me) =>
  read
    .selectFrom('span as s')
    .innerJoin('conversation as c', 'c.id', 's.conversation_id')
    .select(['s.conversation_id', 's.from_seq', 's.to_seq', 's.open'])
    .where('s.user_id', '=', me)
    .where(sql<boolean>`case when c.kind = 'room' then ${mayEnter('c', idOf(me))} else 1 = 1 end`),
);

/** The conversations a person is in now, with all their stays in each: `conversation id → ranges`. Rooms only while they may be entered. */
export async function standingOf(read: Reader, userId: string): Promise<Map<string, readonly SeqRange[]>> {
  const rows = await staysOf(read, bytesOf(userId));
  const inside = new Set(rows.filter((r) => r.open === 1).map((r) => idOf(r.conversation_id)));
  const standing = new Map<string, readonly SeqRange[]>();
  for (const row of rows) {
    const id = idOf(row.conversation_id);
    if (!inside.has(id)) continue; // H2: while out, nothing is visible
    const range = { from: Number(row.from_seq), to: row.to_seq === null ? null : Number(row.to_seq) };
    standing.set(id, [...(standing.get(id) ?? []), range]);
  }
  return standing;
}

/** Those of these rooms that a person may read now without being in them. */
export async function roomsOpenTo(read: Reader, userId: string, ids: readonly string[]): Promise<Map<string, readonly SeqRange[]>> {
  if (ids.length === 0) return new Map();
  const rows = await read
    .selectFrom('conversation as c')
    .select('c.id')
    .where('c.id', 'in', ids.map(bytesOf))
    .where('c.kind', '=', 'room')
    .where('c.closed_at', 'is', null)
    .where('c.history', '=', 'all')
    .where(mayEnter('c', userId))
    .execute();
  return new Map(rows.map((r) => [idOf(r.id), everything]));
}

interface Stay {
  readonly kind: string;
  readonly closed_at: number | null;
  readonly closed_by: Buffer | null;
  readonly direct_key: Buffer | null;
  readonly listed: number | null;
  readonly history: string;
  readonly from_seq: number | null;
  readonly to_seq: number | null;
  readonly open: number | null;
  readonly role: string | null;
  readonly last_read_seq: number | null;
  readonly cleared_seq: number | null;
  readonly enters?: number;
}

const columns =
  'c.kind, c.closed_at, c.closed_by, c.direct_key, c.listed, c.history, s.from_seq, s.to_seq, s.open, s.role, m.last_read_seq, m.cleared_seq';
const stays = `select ${columns} from conversation as c left join span as s on s.conversation_id = c.id and s.user_id = ?
  left join member_state as m on m.conversation_id = c.id and m.user_id = ? where c.id = ?`;

/**
 * How one person stands in one conversation, or null when it does not exist for them. `barred`: a listed room that they
 * know of and may not enter. A closed conversation still exists for those who could see it. Asked before every post, so its text
 * is put together once and says nothing of rooms, which few conversations are; `likely` asks whether they may be entered along with it.
 */
export async function standingIn(read: Reader, userId: string, conversationId: string, likely: 'chat' | 'room' = 'chat') {
  const me = bytesOf(userId);
  const keys = [me, me, bytesOf(conversationId)];
  const { rows } =
    likely === 'chat'
      ? await read.executeQuery<Stay>(CompiledQuery.raw(stays, keys))
      : await staysInRoom(userId, bytesOf(conversationId)).execute(read);
  const [first] = rows;
  if (!first) return null;
  const now = rows.find((r) => r.open === 1);
  const room = first.kind === 'room';
  const enters = room && (first.enters === undefined ? await enterable(read, userId, conversationId) : Number(first.enters) === 1);
  if (room ? !enters && first.listed !== 1 : !now) return null;
  const ranges = rows.flatMap((r) =>
    r.from_seq === null ? [] : { from: Number(r.from_seq), to: r.to_seq === null ? null : Number(r.to_seq) },
  );
  return {
    kind: first.kind === 'direct' ? ('direct' as const) : room ? ('room' as const) : ('group' as const),
    /** Null: not a member of the room they may enter. */
    role: now?.role ?? null,
    barred: room && !enters,
    closedAt: first.closed_at === null ? null : Number(first.closed_at),
    closedBy: first.closed_by,
    /** The other one of a direct chat. */
    peerId:
      first.direct_key === null
        ? null
        : idOf([first.direct_key.subarray(0, 16), first.direct_key.subarray(16)].find((half) => !half.equals(me)) ?? me),
    lastReadSeq: Number(first.last_read_seq ?? 0),
    clearedSeq: Number(first.cleared_seq ?? 0),
    ranges: now ? ranges : room && first.history === 'all' ? everything : [],
  };
}

const staysInRoom = (userId: string, id: Buffer) =>
  sql<Stay>`select ${sql.raw(columns)}, ${mayEnter('c', userId)} as enters from conversation as c
    left join span as s on s.conversation_id = c.id and s.user_id = ${bytesOf(userId)}
    left join member_state as m on m.conversation_id = c.id and m.user_id = ${bytesOf(userId)} where c.id = ${id}`;

async function enterable(read: Reader, userId: string, roomId: string): Promise<boolean> {
  const room = read.selectFrom('conversation as c').select('c.id').where('c.id', '=', bytesOf(roomId)).where(mayEnter('c', userId));
  return (await room.executeTakeFirst()) !== undefined;
}

const clearedBy = compiledOnce(16, (read, me) =>
  read.selectFrom('member_state').select(['conversation_id', 'cleared_seq']).where('user_id', '=', me).where('cleared_seq', '>', 0),
);
const hiddenBy = compiledOnce(16, (read, me) => read.selectFrom('hidden_message').select('message_id').where('user_id', '=', me));

/** What a person cleared and hid, wherever they are: what no frame may bring back to them. */
export async function veilsOf(read: Reader, userId: string): Promise<{ cleared: Map<string, number>; hidden: Set<string> }> {
  const me = bytesOf(userId);
  const [cleared, hidden] = await Promise.all([clearedBy(read, me), hiddenBy(read, me)]);
  return {
    cleared: new Map(cleared.map((r) => [idOf(r.conversation_id), Number(r.cleared_seq)])),
    hidden: new Set(hidden.map((r) => idOf(r.message_id))),
  };
}

/**
 * Ids of the conversations that a person may look into now, closed ones left out: what is counted for them. Rooms belong here when
 * one may enter them and knows of them: by being in them, from the list, or by having been let in. An open room off the list is nobody's news.
 */
export async function visibleConversations(read: Reader, userId: string): Promise<string[]> {
  const enterable = mayEnter('c', userId);
  const inside = read
    .selectFrom('span as s')
    .innerJoin('conversation as c', 'c.id', 's.conversation_id')
    .select('c.id')
    .where('s.user_id', '=', bytesOf(userId))
    .where('s.open', '=', 1)
    .where('c.closed_at', 'is', null)
    .where(sql<boolean>`(c.kind <> 'room' or ${enterable})`);
  const rooms = read
    .selectFrom('conversation as c')
    .select('c.id')
    .where('c.name_key', '>', '') // rooms alone have one, and it is indexed
    .where('c.closed_at', 'is', null)
    .where(sql<boolean>`(c.listed = 1 or c.access <> 'public') and ${enterable}`);
  const rows = await inside.union(rooms).execute();
  return rows.map((row) => idOf(row.id));
}
