import { limits, type Room, type RoomAccess, type RoomHistory } from '@koreromai/contract';
import { aboveReadMark, type Eyes, idOf, lastMessages, parsed, type RoomRow } from '@koreromai/db';
import { markOf, roleOf, unreadOf, type Viewing } from '../conversations/view.ts';
import { messageView } from '../messages/view.ts';
import { isoOf, userView } from '../users/view.ts';

export const accessOf = (access: string | null): RoomAccess => (access === 'allowlist' || access === 'password' ? access : 'public');

export const historyOf = (history: string): RoomHistory => (history === 'fromJoin' ? 'fromJoin' : 'all');

/** Rooms as one person sees them; of those they may not enter, nothing but that they are there. */
export async function roomViews(viewing: Viewing, viewerId: string, rows: readonly RoomRow[]): Promise<Room[]> {
  const entered = rows.filter((r) => Number(r.enters) === 1 && r.closed_at === null);
  const readings = entered.map((r) => ({ ...eyesFor(viewerId, r), conversationId: idOf(r.id), ...markOf(r) }));
  const [last, above] = await Promise.all([
    lastMessages(viewing.read, readings),
    aboveReadMark(viewing.read, readings, limits.unreadCap + 1),
  ]);
  return rows.map((row) => {
    const id = idOf(row.id);
    const canEnter = entered.includes(row);
    const newest = last.find((m) => idOf(m.conversation_id) === id);
    const mine = above.said.filter((m) => idOf(m.conversation_id) === id);
    const naming = above.naming.filter((m) => idOf(m.conversation_id) === id);
    const unread = unreadOf(mine, viewerId, markOf(row).lastReadSeq);
    return {
      id,
      kind: 'room' as const,
      name: row.name,
      createdAt: isoOf(row.created_at),
      owner: ownerView(row),
      members: [],
      pending: [],
      seats: 0,
      seq: canEnter ? Number(row.seq) : 0,
      unreadCount: unread.count,
      mentionCount: naming.filter((m) => Number(m.seq) > unread.readSeq).length,
      lastReadSeq: unread.readSeq,
      lastMessage: newest ? messageView(newest, eyesFor(viewerId, row)) : null,
      myRole: row.role === null ? null : roleOf(row.role),
      state: row.closed_at === null ? ('open' as const) : ('closed' as const),
      access: accessOf(row.access),
      addPolicy: 'owner' as const,
      notifications: { level: 'all' as const, mutedUntil: null },
      hidden: false,
      history: historyOf(row.history),
      listed: row.listed === 1,
      canEnter,
      following: row.role !== null,
      followers: canEnter ? Number(row.followers) : null,
      lastVisitedAt: row.visited_at === null ? null : isoOf(row.visited_at),
      myMessages: Number(row.mine),
    };
  });
}

/** Who is in it sees what their stays cover; who is not, all of it or nothing. */
const eyesFor = (viewerId: string, row: RoomRow): Eyes => ({
  viewerId,
  ranges: row.role !== null ? (parsed(row.stays) ?? []) : row.history === 'all' ? [{ from: 0, to: null }] : [],
  clearedSeq: Number(row.cleared_seq ?? 0),
});

function ownerView(row: RoomRow) {
  if (row.owner_id === null || row.username === null) return null;
  const { username, bio, avatar_id, bot } = row;
  return userView(row.owner_id, {
    username,
    name: row.owner_name ?? '',
    bio: bio ?? '',
    avatar_id,
    bot,
    created_at: row.owner_created_at ?? 0,
    deleted_at: row.owner_deleted_at,
  });
}
