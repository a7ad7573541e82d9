import { type Conversation, limits, type Member, type Pending, type Role, type Room } from '@koreromai/contract';
import {
  aboveReadMark,
  conversationsById,
  departedPeers,
  type InvitationRow,
  idOf,
  invitationsOf,
  lastMessages,
  type MemberRow,
  membersOf,
  myStates,
  type Reader,
  type Reading,
  roomsById,
  standingOf,
} from '@koreromai/db';
import { messageView } from '../messages/view.ts';
import { roomViews } from '../rooms/view.ts';
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
  const { read } = viewing;
  const standing = await standingOf(read, viewerId, ids);
  const mine = ids.filter((id) => standing.has(id));
  if (mine.length === 0) return [];
  const rows = await conversationsById(read, mine);
  const rooms = rows.filter((r) => r.kind === 'room').map((r) => idOf(r.id));
  const chats = mine.filter((id) => !rooms.includes(id)); // a room's people are a list of their own
  const [members, invitations, states, roomRows] = await Promise.all([
    membersOf(read, chats),
    invitationsOf(read, chats, viewing.now()),
    myStates(read, viewerId, mine),
    roomsById(read, viewerId, rooms),
  ]);
  const followed = await roomViews(viewing, viewerId, roomRows);
  const readings = chats.map((id): Reading => {
    const state = states.find((s) => idOf(s.conversation_id) === id);
    return {
      conversationId: id,
      viewerId,
      ranges: standing.get(id) ?? [],
      clearedSeq: Number(state?.cleared_seq ?? 0),
      lastReadSeq: Number(state?.last_read_seq ?? 0),
    };
  });
  const alone = rows.filter((r) => r.kind === 'direct' && byId(members, idOf(r.id)).length < 2).map((r) => idOf(r.id));
  const peers = await departedPeers(read, alone);
  const [last, above] = await Promise.all([lastMessages(read, readings), aboveReadMark(read, readings, limits.unreadCap + 1)]);
  return mine.flatMap((id) => {
    const room = followed.find((r) => r.id === id);
    if (room)
      return followedView(
        room,
        states.find((s) => idOf(s.conversation_id) === id),
      );
    const row = rows.find((r) => idOf(r.id) === id);
    const reading = readings.find((r) => r.conversationId === id);
    if (!row || !reading) return [];
    const here = byId(members, id);
    const invited = byId(invitations, id);
    const newest = byId(last, id)[0];
    const owner = here.find((m) => row.owner_id?.equals(m.user_id));
    // What came after the head was read has an event of its own, which counts it.
    const counted = byId(above, id).filter((m) => Number(m.seq) <= Number(row.seq));
    const unread = unreadOf(counted, viewerId, reading.lastReadSeq);
    const me = here.find((m) => idOf(m.user_id) === viewerId);
    return {
      id,
      kind: row.kind === 'direct' ? ('direct' as const) : ('group' as const),
      name: row.name,
      createdAt: isoOf(row.created_at),
      owner: owner ? userView(owner.user_id, owner) : null,
      members: withPeer(here, byId(peers, id)).map(memberView),
      pending: invited.filter((v) => idOf(v.inviter_id) === viewerId).map((v) => pendingView(viewing, v)),
      seats: here.length + invited.length,
      seq: Number(row.seq),
      unreadCount: unread.count,
      lastReadSeq: unread.readSeq,
      lastMessage: newest ? messageView(newest, reading) : null,
      myRole: roleOf(me?.role ?? 'member'),
      state:
        row.closed_at !== null
          ? ('closed' as const)
          : here.length < limits.group.minActiveToPost
            ? ('underfull' as const)
            : ('open' as const),
      addPolicy: addPolicyOf(row.add_policy),
      notifications: notificationsView(states.find((s) => idOf(s.conversation_id) === id)),
      hidden: states.some((s) => idOf(s.conversation_id) === id && Number(s.hidden) === 1),
      access: null,
    };
  });
}

type StateRow = Awaited<ReturnType<typeof myStates>>[number];

/** A room among the conversations of somebody who follows it. */
function followedView(room: Room, state: StateRow | undefined): Conversation {
  const { listed: _l, canEnter: _c, following: _f, lastVisitedAt: _v, myMessages: _m, myRole, ...rest } = room;
  return { ...rest, myRole: myRole ?? 'member', notifications: notificationsView(state), hidden: Number(state?.hidden) === 1 };
}

/** What I asked to be told of; without a row, everything. */
export const notificationsView = (row: Pick<StateRow, 'notify' | 'muted_until'> | undefined): Conversation['notifications'] => ({
  level: row?.notify === 'mentions' || row?.notify === 'none' ? row.notify : 'all',
  mutedUntil: row?.muted_until === null || row === undefined ? null : isoOf(row.muted_until),
});

const byId = <R extends { conversation_id: Buffer | null }>(all: readonly R[], id: string) =>
  all.filter((r) => r.conversation_id !== null && idOf(r.conversation_id) === id);

/** A direct chat always shows two people, in the same order, also when one of them is a deleted user. */
const withPeer = (here: readonly MemberRow[], gone: readonly MemberRow[]): readonly MemberRow[] =>
  gone.length === 0
    ? here
    : [...here, ...gone].sort((a, b) => Number(a.joined_at) - Number(b.joined_at) || Buffer.compare(a.user_id, b.user_id));

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

export const memberView = (row: Omit<MemberRow, 'conversation_id' | 'from_seq'>): Member => ({
  user: userView(row.user_id, row),
  role: roleOf(row.role),
  joinedAt: isoOf(row.joined_at),
});

/** C7: shown to the inviter alone, with the link to pass on. */
export const pendingView = (viewing: Pick<Viewing, 'seal' | 'publicUrl'>, row: InvitationRow): Pending => ({
  id: idOf(row.id),
  email: row.email,
  status: 'pending',
  link: `${viewing.publicUrl}/join/${viewing.seal.invitation(idOf(row.id))}`,
  expiresAt: isoOf(row.expires_at),
});
