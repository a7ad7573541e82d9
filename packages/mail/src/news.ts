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
  messagesNaming,
  myStates,
  type Reader,
  standingIn,
  tokenOf,
  wants,
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
  const [standing, states] = await Promise.all([standingIn(read, userId, conversationId), myStates(read, userId, [conversationId])]);
  if (!standing || standing.barred || standing.closedAt !== null) return { cancelled: 'No longer in this chat.' };
  if (person.mails === 0) return { cancelled: 'Wants no mails.' };
  const level = wants(states[0], now());
  if (level === 'none') return { cancelled: 'Has muted this chat.' };
  if (!(await reading.absence([userId], now() - awayFor)).has(userId)) return { cancelled: 'Has been here since.' };

  const mark = Math.max(standing.lastReadSeq, standing.clearedSeq, data.fromSeq - 1);
  const range = { viewerId: userId, conversationId, ranges: standing.ranges, clearedSeq: mark };
  const room = standing.kind === 'room';
  // Of a room, and of a chat that is quiet but for that, only what names the reader.
  const quiet = room || level === 'mentions';
  const [above, naming, members] = await Promise.all([
    quiet ? { said: [] } : aboveReadMark(read, [{ ...range, lastReadSeq: mark, unreadAt: 0 }], unreadCap),
    messagesNaming(read, range, unreadCap),
    room ? [] : membersOf(read, [conversationId]),
  ]);
  const said = quiet ? naming : above.said;
  const others = [...new Set([...said.map((m) => idOf(m.author_id)), ...members.map((m) => idOf(m.user_id))])].filter(
    (id) => id !== userId,
  );
  const blocked = new Set((await blocksAmong(read, [userId], others)).map((b) => idOf(b.blocked_id)));
  const heard = (id: string) => id !== userId && !blocked.has(id);
  const authors = naming.map((m) => [idOf(m.author_id), m.name] as const);
  const names = new Map([...authors, ...members.map((m) => [idOf(m.user_id), m.name] as const)]);
  const nameOf = (id: string) => names.get(id) ?? 'somebody who has left';

  const counts = new Map<string, number>();
  for (const id of said.map((m) => idOf(m.author_id)).filter(heard)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const joined = quiet ? [] : members.filter((m) => Number(m.from_seq) > mark && heard(idOf(m.user_id)));
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
    const rows = quiet ? naming.slice(0, excerptCap) : await messagePage(read, { ...range, order: 'asc', beyond: null, limit: excerptCap });
    return rows.flatMap((m) =>
      m.text !== null && m.deleted_at === null && heard(idOf(m.author_id)) ? [{ name: m.name, text: m.text }] : [],
    );
  }
}

const chatName = async (read: Reader, id: string) => (await conversationsById(read, [id]))[0]?.name ?? null;
