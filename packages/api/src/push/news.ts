import { limits, type PushNews } from '@koreromai/contract';
import {
  aboveReadMark,
  blocksAmong,
  conversationsById,
  idOf,
  type MessageRow,
  messagePage,
  messagesNaming,
  myStates,
  type PushRow,
  type PushSubscriptionRow,
  type Reader,
  standingIn,
  wants,
} from '@koreromai/db';

const cap = 100;

/** The column's number for "with the texts" (`preferences.mails`). */
const withTexts = 2;

/**
 * What a browser is told of a chat, from what is true now and through the one predicate of visibility (H1); null when there is nothing left
 * to tell: no longer theirs to see, read, muted, deleted, or by somebody they block.
 */
export async function newsFor(
  read: Reader,
  { conversation_id, from_seq }: PushRow,
  person: PushSubscriptionRow,
  now: number,
): Promise<Omit<PushNews, 'language'> | null> {
  const [userId, chat] = [idOf(person.user_id), idOf(conversation_id)];
  const [standing, [state]] = await Promise.all([standingIn(read, userId, chat), myStates(read, userId, [chat])]);
  if (!standing || standing.barred || standing.closedAt !== null) return null;
  const level = wants(state, now);
  if (level === 'none') return null;

  const mark = Math.max(standing.lastReadSeq, standing.clearedSeq);
  const eyes = { viewerId: userId, conversationId: chat, ranges: standing.ranges, clearedSeq: mark };
  const quiet = standing.kind === 'room' || level === 'mentions';
  const said = quiet
    ? await messagesNaming(read, eyes, cap)
    : (await aboveReadMark(read, [{ ...eyes, lastReadSeq: mark, unreadAt: 0 }], cap)).said;
  const authors = [...new Set(said.map((m) => idOf(m.author_id)))].filter((id) => id !== userId);
  const blocked = new Set((await blocksAmong(read, [userId], authors)).map((b) => idOf(b.blocked_id)));
  const answered = Math.max(0, ...said.filter((m) => idOf(m.author_id) === userId).map((m) => Number(m.seq))); // who wrote has read (W5)
  const heard = said
    .map((m) => ({ seq: Number(m.seq), author: idOf(m.author_id) }))
    .filter((m) => m.seq > answered && !blocked.has(m.author));
  const newest = Math.max(0, ...heard.map((m) => m.seq));
  if (newest < Number(from_seq)) return null;

  const [message] = await messagePage(read, { ...eyes, ranges: within(standing.ranges, newest), order: 'desc', beyond: null, limit: 1 });
  if (!message) return null; // hidden or deleted in this very moment
  const direct = standing.kind === 'direct';
  const name = direct ? null : ((await conversationsById(read, [chat]))[0]?.name ?? null);
  return { chat, title: name ?? message.name, count: heard.length, text: person.mails === withTexts ? excerpt(message, direct) : null };
}

/** The one seq, where the reader's stays cover it. */
const within = (ranges: readonly { from: number; to: number | null }[], seq: number) =>
  ranges.some((r) => r.from <= seq && (r.to === null || seq <= r.to)) ? [{ from: seq, to: seq }] : [];

function excerpt({ text, deleted_at, name }: MessageRow, direct: boolean): string | null {
  if (text === null || text === '' || deleted_at !== null) return null;
  const points = [...text.replace(/\s+/gu, ' ')];
  const short = points.length > limits.push.text ? `${points.slice(0, limits.push.text - 1).join('')}…` : points.join('');
  return direct ? short : `${name}: ${short}`;
}
