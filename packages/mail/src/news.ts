import {
  aboveReadMark,
  type addressee,
  blocksAmong,
  conversationsById,
  idOf,
  lastSeenOf,
  type MailData,
  type MailRow,
  membersOf,
  messagePage,
  type Reader,
  recipientsIn,
  standingIn,
  tokenOf,
} from '@koreromai/db';
import type { Cancelled, Composed, ComposeOptions } from './compose.ts';
import { type ChatNews, chatPage } from './letters/chat.ts';

/** Milliseconds somebody must have been away before a mail is made. */
export const awayFor = 300_000;

/** Who is here now, as far as this process knows: a socket that is open. */
export interface Presence {
  isOnline(userId: string): boolean;
}

/** Which of these people have not been seen since `since`. */
export type Absence = (userIds: readonly string[], since: number) => Promise<ReadonlySet<string>>;

/** Sessions tell when somebody was last seen, to the minute; presence tells who is here now. */
export const createAbsence =
  (read: Reader, presence: Presence): Absence =>
  async (userIds, since) => {
    const seen = new Map((await lastSeenOf(read, userIds)).map((row) => [idOf(row.user_id), Number(row.last_seen_at)]));
    return new Set(userIds.filter((id) => !presence.isOnline(id) && (seen.get(id) ?? 0) <= since));
  };

/** Whether this person wants mails about this chat now. */
export const isMuted = (row: { readonly notify: string | null; readonly muted_until: number | null }, now: number): boolean =>
  (row.notify ?? 'all') !== 'all' || Number(row.muted_until ?? 0) > now;

const unreadCap = 100;
const excerptCap = 5;

type Reading = Pick<ComposeOptions, 'read' | 'secret' | 'publicUrl' | 'now' | 'absence'> & {
  readonly person: NonNullable<Awaited<ReturnType<typeof addressee>>>;
};

/** What is new in a chat for one reader, from what is true now and through the one predicate of visibility (H1). */
export async function composeChat(reading: Reading, mail: MailRow, data: MailData['chat']): Promise<Composed | Cancelled> {
  const { read, secret, publicUrl, now, person } = reading;
  const userId = idOf(person.id);
  const conversationId = mail.conversation_id === null ? '' : idOf(mail.conversation_id);
  const [standing, people] = await Promise.all([standingIn(read, userId, conversationId), recipientsIn(read, [conversationId])]);
  if (!standing || standing.closedAt !== null) return { cancelled: 'No longer in this chat.' };
  const own = people.find((p) => idOf(p.user_id) === userId);
  if (!own) return { cancelled: 'Wants no mails.' };
  if (isMuted(own, now())) return { cancelled: 'Has muted this chat.' };
  if (!(await reading.absence([userId], now() - awayFor)).has(userId)) return { cancelled: 'Has been here since.' };

  const mark = Math.max(standing.lastReadSeq, standing.clearedSeq, data.fromSeq - 1);
  const range = { viewerId: userId, conversationId, ranges: standing.ranges, clearedSeq: mark };
  const [above, members] = await Promise.all([
    aboveReadMark(read, [{ ...range, lastReadSeq: mark }], unreadCap),
    membersOf(read, [conversationId]),
  ]);
  const others = [...new Set([...above.map((m) => idOf(m.author_id)), ...members.map((m) => idOf(m.user_id))])].filter(
    (id) => id !== userId,
  );
  const blocked = new Set((await blocksAmong(read, [userId], others)).map((b) => idOf(b.blocked_id)));
  const heard = (id: string) => id !== userId && !blocked.has(id);
  const names = new Map(members.map((m) => [idOf(m.user_id), m.name]));
  const nameOf = (id: string) => names.get(id) ?? 'somebody who has left';

  const counts = new Map<string, number>();
  for (const id of above.map((m) => idOf(m.author_id)).filter(heard)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const joined = members.filter((m) => Number(m.from_seq) > mark && heard(idOf(m.user_id)));
  if (counts.size === 0 && joined.length === 0) return { cancelled: 'Nothing unread is left to tell.' };

  const unsubscribe = `${publicUrl}/unsubscribe/${tokenOf(secret, 'unsubscribe', userId)}`;
  const news: ChatNews = {
    reader: person.name,
    chat: standing.kind === 'direct' ? null : await chatName(read, conversationId),
    direct: standing.kind === 'direct',
    messages: [...counts].map(([id, count]) => ({ name: nameOf(id), count })).toSorted((a, b) => b.count - a.count),
    joined: joined.map((m) => m.name),
    excerpts: person.mails === 2 ? await excerpts() : [],
    chatUrl: `${publicUrl}/c/${conversationId}`,
    unsubscribeUrl: unsubscribe,
    publicUrl,
  };
  return { page: chatPage(news), to: person.email ?? '', unsubscribe };

  async function excerpts() {
    const rows = await messagePage(read, { ...range, order: 'asc', beyond: null, limit: excerptCap });
    return rows.flatMap((m) =>
      m.text !== null && m.deleted_at === null && heard(idOf(m.author_id)) ? [{ name: m.name, text: m.text }] : [],
    );
  }
}

const chatName = async (read: Reader, id: string) => (await conversationsById(read, [id]))[0]?.name ?? null;
