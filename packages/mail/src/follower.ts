import {
  blocksAmong,
  chatMailsOf,
  idOf,
  lastSeenOf,
  mailRow,
  namedBy,
  newId,
  type Reader,
  type RecipientRow,
  recipientsIn,
  recipientsInRooms,
  wants,
} from '@koreromai/db';
import type { FollowerOptions, LogEvent } from '@koreromai/realtime';
import { awayFor, type Presence } from './news.ts';

/** One mail for each person and chat in this time (N3). */
export const slotLength = 900_000;
/** What is said in the first seconds goes into the same mail. */
export const gatherFor = 10_000;

export interface NotifyOptions {
  readonly read: Reader;
  readonly now: () => number;
  readonly presence: Presence;
}

/**
 * Queues mails for those who were away when somebody wrote, joined, or named them. Never for oneself, for who has muted the chat, blocked the
 * author, unsubscribed, or was here in the last five minutes. Rooms, and chats of which somebody wants only that, send one where they are named;
 * an edit sends one to whom it names anew (D-ed2). What a mail says is looked up when it goes out.
 */
export function createNotify(options: NotifyOptions): FollowerOptions['handle'] {
  const { read, now, presence } = options;
  return async (all) => {
    const events = all.filter((e) => e.type === 'message.created' || e.type === 'message.updated' || e.type === 'member.added');
    if (events.length === 0) return;
    const messages = distinct(events.flatMap((e) => (e.type !== 'member.added' && e.subject ? [e.subject] : [])));
    const [inChats, inRooms, names] = await Promise.all([
      recipientsIn(read, distinct(events.map((e) => e.stream))),
      recipientsInRooms(read, messages),
      namedBy(read, messages),
    ]);
    const recipients: RecipientRow[] = [...inChats, ...inRooms];
    const namedSince = new Map(names.map((n) => [`${idOf(n.user_id)} ${idOf(n.message_id)}`, Number(n.at)]));
    if (recipients.length === 0) return;
    const users = distinct(recipients.map((r) => idOf(r.user_id)));
    const actors = distinct(events.flatMap((e) => who(e) ?? []));
    const slot = Math.floor(now() / slotLength);
    const [seenRows, blockRows, mails] = await Promise.all([
      lastSeenOf(read, users),
      blocksAmong(read, users, actors),
      chatMailsOf(read, users, distinct(recipients.map((r) => idOf(r.conversation_id))), slot - 1),
    ]);
    const seen = new Map(seenRows.map((row) => [idOf(row.user_id), Number(row.last_seen_at)]));
    const blocks = new Set(blockRows.map((b) => `${idOf(b.blocker_id)} ${idOf(b.blocked_id)}`));
    const last = new Map(mails.map((m) => [`${m.user_id && idOf(m.user_id)} ${m.conversation_id && idOf(m.conversation_id)}`, m])); // oldest first

    const told = (r: RecipientRow, e: LogEvent): boolean => {
      const since = namedSince.get(`${idOf(r.user_id)} ${e.subject}`);
      const level = wants(r, e.at);
      if (e.type === 'message.updated') return level !== 'none' && since === e.at;
      if (e.type === 'message.created' && since !== undefined) return level !== 'none';
      return level === 'all' && !inRooms.includes(r);
    };

    const wanted = (r: RecipientRow, e: LogEvent): boolean => {
      const userId = idOf(r.user_id);
      const away = !presence.isOnline(userId) && (seen.get(userId) ?? 0) <= e.at - awayFor;
      const mine = e.actor === userId || e.subject === userId;
      const before = e.type === 'member.added' ? Number(r.joined_at) < e.at : Number(r.from_seq) <= place(e);
      const unread = Math.max(Number(r.last_read_seq ?? 0), Number(r.cleared_seq ?? 0)) < place(e);
      return away && !mine && before && unread && told(r, e) && !blocks.has(`${userId} ${who(e)}`);
    };

    const first = new Map<string, { recipient: RecipientRow; seq: number }>();
    for (const event of events) {
      for (const recipient of recipients) {
        if (idOf(recipient.conversation_id) !== event.stream || !wanted(recipient, event)) continue;
        const key = `${idOf(recipient.user_id)} ${event.stream}`;
        if (!first.has(key)) first.set(key, { recipient, seq: place(event) });
      }
    }
    const rows = [...first].flatMap(([key, { recipient, seq }]) => {
      const turn = turnAfter(last.get(key), slot, now());
      const { email } = recipient;
      if (turn === null || email === null) return [];
      const ids = { id: newId(now()), userId: idOf(recipient.user_id), conversationId: idOf(recipient.conversation_id) };
      return [{ ...ids, kind: 'chat' as const, email, data: { fromSeq: seq }, ...turn }];
    });
    if (rows.length === 0) return;
    return (draft) => {
      for (const row of rows) draft.insert('mail', mailRow(row, draft.now), { set: [...renewed] });
    };
  };
}

/** A mail of this quarter of an hour that was cancelled begins anew; one that was sent is never touched, its slot is not used again. */
const renewed = ['id', 'email', 'state', 'run_after', 'attempts', 'data', 'created_at', 'last_error'] as const;

type Last = Awaited<ReturnType<typeof chatMailsOf>>[number];

/** Which slot the next mail takes and when it may go out; null while one waits that will tell of this as well. */
function turnAfter(last: Last | undefined, slot: number, now: number): { slot: number; runAfter: number } | null {
  const soon = now + gatherFor;
  if (!last || last.slot === null) return { slot, runAfter: soon };
  const before = Number(last.slot);
  if (last.state === 'cancelled') return { slot: Math.max(slot, before), runAfter: soon };
  if (last.state === 'queued' && last.holder === null) return null;
  const gone = last.sent_at === null ? now : Number(last.sent_at); // on the wire now, sent, or given up
  return { slot: Math.max(slot, before + 1), runAfter: Math.max(soon, gone + slotLength) };
}

/** The seq of what is told: of an edit, that of the message. */
const place = (e: LogEvent): number => (e.type === 'message.updated' ? (e.number ?? e.seq) : e.seq);

/** Whose doing it is: who wrote, who joined. */
const who = (e: LogEvent): string | null => (e.type === 'member.added' ? e.subject : e.actor);

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
