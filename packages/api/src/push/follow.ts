import { limits } from '@koreromai/contract';
import { idOf, type ListenerRow, listenersIn, listenersInRooms, namedBy, type Reader, wants } from '@koreromai/db';
import type { FollowerOptions, LogEvent } from '@koreromai/realtime';

/**
 * Queues what browsers are to be told: of every message in a chat of theirs, or of those that name them where that is what their owner wants
 * (rooms always), and of an edit that names them anew. Never of one's own, of what one has read, or of a muted chat. Whether they may
 * still know of it, are here now, or have blocked its author is judged when it goes out.
 */
export const pushFollower = (read: Reader, now: () => number): Pick<FollowerOptions, 'name' | 'start' | 'handle' | 'batch'> => ({
  name: 'push',
  start: 'head', // what was said before is nobody's news
  batch: 100,
  async handle(all) {
    const events = all.filter((e) => e.type === 'message.created' || e.type === 'message.updated');
    if (events.length === 0) return;
    const messages = distinct(events.flatMap((e) => e.subject ?? []));
    const [inChats, inRooms] = await Promise.all([
      listenersIn(read, distinct(events.map((e) => e.stream))),
      listenersInRooms(read, messages),
    ]);
    if (inChats.length + inRooms.length === 0) return; // almost always: it costs a server without such browsers two short looks
    const named = new Map((await namedBy(read, messages)).map((n) => [`${idOf(n.user_id)} ${idOf(n.message_id)}`, Number(n.at)]));

    const wanted = (row: ListenerRow, room: boolean, event: LogEvent): boolean => {
      const userId = idOf(row.user_id);
      const level = wants(row, now());
      const namedAt = named.get(`${userId} ${event.subject}`);
      const told = event.type === 'message.updated' ? namedAt === event.at : namedAt !== undefined || (level === 'all' && !room);
      const seq = seqOf(event);
      const unread = Math.max(Number(row.last_read_seq ?? 0), Number(row.cleared_seq ?? 0)) < seq;
      return event.actor !== userId && level !== 'none' && told && unread && Number(row.from_seq) <= seq;
    };

    const rows = new Map<string, { listener: ListenerRow; from: number; to: number }>();
    const listeners = [...inChats.map((row) => ({ row, room: false })), ...inRooms.map((row) => ({ row, room: true }))];
    for (const event of events) {
      for (const { row, room } of listeners) {
        if (idOf(row.conversation_id) !== event.stream || !wanted(row, room, event)) continue;
        const key = `${idOf(row.id)} ${event.stream}`;
        const from = Math.min(rows.get(key)?.from ?? Number.POSITIVE_INFINITY, seqOf(event));
        rows.set(key, { listener: row, from, to: event.seq });
      }
    }
    if (rows.size === 0) return;
    return (draft) => {
      for (const { listener, from, to } of rows.values()) {
        const { id, conversation_id, user_id } = listener;
        const row = { subscription_id: id, conversation_id, user_id, from_seq: from, to_seq: to, attempts: 0 };
        draft.insert('push_delivery', { ...row, run_after: draft.now + limits.push.gather }, { set: ['to_seq'] });
      }
    };
  },
});

/** The seq of what is told: of an edit, that of the message. */
const seqOf = (e: LogEvent): number => (e.type === 'message.updated' ? (e.number ?? e.seq) : e.seq);

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
