import { type Conversation, limits, type Member, type Pending, type Role } from '@koreromai/contract';
import {
  aboveReadMark,
  type InvitationRow,
  idOf,
  lastMessages,
  type MemberRow,
  type OverviewRow,
  overviewsById,
  parsed,
  type Reader,
  type Reading,
  type SeatRow,
  type WaitingRow,
} from '@koreromai/db';
import { covers } from '@koreromai/realtime';
import { messageView } from '../messages/view.ts';
import { accessOf } from '../rooms/view.ts';
import type { Seal } from '../seal.ts';
import { isoOf, userView } from '../users/view.ts';
import { addPolicyOf } from './rights.ts';

export interface Viewing {
  readonly read: Reader;
  readonly seal: Seal;
  readonly now: () => number;
  readonly publicUrl: string;
}

/** The conversations among `ids` that the viewer is in now, in the order given, as that viewer sees them. */
export async function conversationViews(viewing: Viewing, viewerId: string, ids: readonly string[]): Promise<Conversation[]> {
  const rows = await overviewsById(viewing.read, { viewerId, now: viewing.now() }, ids);
  const places = new Map(ids.map((id, i) => [id, i]));
  const placeOf = (row: OverviewRow) => places.get(idOf(row.id)) ?? 0;
  return overviewed(
    viewing,
    viewerId,
    rows.toSorted((a, b) => placeOf(a) - placeOf(b)),
  );
}

/** Rows of the viewer's conversations with what was said last and is unread, in the order given. */
export async function overviewed(viewing: Viewing, viewerId: string, rows: readonly OverviewRow[]): Promise<Conversation[]> {
  const readings = new Map(rows.filter(shows).map((row) => [row, readingOf(viewerId, row)]));
  const [last, above] = await Promise.all([
    lastMessages(viewing.read, [...readings.values()]),
    aboveReadMark(viewing.read, [...readings.values()], limits.unreadCap + 1),
  ]);
  const newest = new Map(last.map((message) => [idOf(message.conversation_id), message]));
  const unread = Map.groupBy(above.said, (message) => idOf(message.conversation_id));
  const naming = Map.groupBy(above.naming, (message) => idOf(message.conversation_id));
  return rows.map((row) => {
    const id = idOf(row.id);
    const reading = readings.get(row);
    // What came after the head was read has an event of its own, which counts it.
    const heard = (m: { seq: number }) => Number(m.seq) <= Number(row.seq);
    const counted = (unread.get(id) ?? []).filter(heard);
    const { count, readSeq } = unreadOf(counted, viewerId, markOf(row).lastReadSeq);
    const message = newest.get(id);
    return {
      ...(row.kind === 'room' ? roomFace(row) : chatFace(viewing, viewerId, row)),
      id,
      name: row.name,
      createdAt: isoOf(row.created_at),
      seq: reading ? Number(row.seq) : 0,
      unreadCount: count,
      mentionCount: (naming.get(id) ?? []).filter((m) => heard(m) && Number(m.seq) > readSeq).length,
      lastReadSeq: readSeq,
      lastMessage: message && reading ? messageView(message, reading) : null,
      myRole: roleOf(row.role),
      addPolicy: addPolicyOf(row.add_policy),
      notifications: notificationsView(row),
      hidden: Number(row.hidden) === 1,
    };
  });
}

/** Of a closed room nothing is shown; a chat that was closed still shows itself to those who were in it. */
const shows = (row: OverviewRow) => row.kind !== 'room' || row.closed_at === null;

const readingOf = (viewerId: string, row: OverviewRow): Reading => ({
  conversationId: idOf(row.id),
  viewerId,
  ranges: parsed(row.stays) ?? [],
  clearedSeq: Number(row.cleared_seq ?? 0),
  ...markOf(row),
});

/** N1: how far somebody has read, unless they marked it as unread by hand. */
export const markOf = (row: { last_read_seq: number | null; unread_seq: number | null; unread_at: number | null }) => ({
  lastReadSeq: Number(row.unread_seq ?? row.last_read_seq ?? 0),
  unreadAt: Number(row.unread_at ?? 0),
});

/** Who is in a chat, and what that makes of it. */
function chatFace(viewing: Viewing, viewerId: string, row: OverviewRow) {
  const seats = (parsed(row.seats) ?? []).map(seatOf).toSorted(bySeat);
  const here = seats.filter((seat) => seat.open === 1);
  const invited = (parsed(row.waiting) ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(waitingOf);
  const owner = here.find((seat) => row.owner_id?.equals(seat.user_id));
  const enough = here.length >= limits.group.minActiveToPost;
  return {
    kind: row.kind === 'direct' ? ('direct' as const) : ('group' as const),
    owner: owner ? userView(owner.user_id, owner) : null,
    members: (here.length === seats.length ? here : seats.toSorted(byJoining)).map((seat) => memberView(seat, parsed(row.stays) ?? [])),
    pending: invited.filter((v) => idOf(v.inviter_id) === viewerId).map((v) => pendingView(viewing, v)),
    seats: here.length + invited.length,
    state: row.closed_at !== null ? ('closed' as const) : enough ? ('open' as const) : ('underfull' as const),
    access: null,
  };
}

/** A room among the conversations of somebody who follows it. */
const roomFace = (row: OverviewRow) => ({
  kind: 'room' as const,
  owner: ownerView(row),
  members: [],
  pending: [],
  seats: 0,
  state: row.closed_at === null ? ('open' as const) : ('closed' as const),
  access: accessOf(row.access),
});

function ownerView(row: OverviewRow) {
  if (row.owner_id === null || row.owner_username === null) return null;
  return userView(row.owner_id, {
    username: row.owner_username,
    name: row.owner_name ?? '',
    bio: row.owner_bio ?? '',
    avatar_id: row.owner_avatar_id,
    bot: row.owner_bot,
    created_at: row.owner_created_at ?? 0,
    deleted_at: row.owner_deleted_at,
  });
}

const hexBytes = (hex: string) => Buffer.from(hex, 'hex');
const seatOf = (row: SeatRow) => ({
  ...row,
  user_id: hexBytes(row.user_id),
  avatar_id: row.avatar_id ? hexBytes(row.avatar_id) : null,
  added_by: row.added_by ? hexBytes(row.added_by) : null,
});
const waitingOf = (row: WaitingRow) => ({ ...row, id: hexBytes(row.id), inviter_id: hexBytes(row.inviter_id), conversation_id: null });

type Seat = ReturnType<typeof seatOf>;
/** In the order they came. */
const bySeat = (a: Seat, b: Seat) => a.from_seq - b.from_seq || byJoining(a, b);
/** A direct chat always shows two people, in the same order, also when one of them is a deleted user. */
const byJoining = (a: Seat, b: Seat) => a.joined_at - b.joined_at || Buffer.compare(a.user_id, b.user_id);

/** What I asked to be told of; without a row, everything. */
export const notificationsView = (
  row: { readonly notify: string | null; readonly muted_until: number | null } | undefined,
): Conversation['notifications'] => ({
  level: row?.notify === 'mentions' || row?.notify === 'none' ? row.notify : 'all',
  mutedUntil: row?.muted_until == null ? null : isoOf(row.muted_until),
});

/** N1, W5: unread is what others wrote after my mark and after my own newest message, counted up to the cap. */
export function unreadOf(
  newestFirst: readonly { seq: number; author_id: Buffer }[],
  viewerId: string,
  lastReadSeq: number,
): { count: number; readSeq: number } {
  const rows = [...newestFirst].sort((a, b) => Number(b.seq) - Number(a.seq));
  const own = rows.findIndex((r) => idOf(r.author_id) === viewerId);
  return own === -1
    ? { count: rows.length, readSeq: lastReadSeq }
    : { count: own, readSeq: Math.max(lastReadSeq, Number(rows[own]?.seq ?? 0)) };
}

export const roleOf = (role: string): Role => (role === 'owner' || role === 'admin' ? role : 'member');

/** Whom a conversation begins with sees all of it; others came later, and who let them in is known to those who were there: `seen`, the reader's stays. */
export const memberView = (row: Omit<MemberRow, 'conversation_id'>, seen: Reading['ranges']): Member => ({
  user: userView(row.user_id, row),
  role: roleOf(row.role),
  joinedAt: isoOf(row.joined_at),
  addedBy: row.added_by !== null && Number(row.from_seq) > 1 && covers(seen, Number(row.from_seq)) ? idOf(row.added_by) : null,
});

/** C7: shown to the inviter alone, with the link to pass on. */
export const pendingView = (viewing: Pick<Viewing, 'seal' | 'publicUrl'>, row: InvitationRow): Pending => ({
  id: idOf(row.id),
  email: row.email,
  status: 'pending',
  link: `${viewing.publicUrl}/join/${viewing.seal.invitation(idOf(row.id))}`,
  expiresAt: isoOf(row.expires_at),
});
