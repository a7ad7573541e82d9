import { limits } from '@koreromai/contract';
import type { UnreadReading } from '@koreromai/testing';
import { insist } from './answer.ts';
import type { Person } from './person.ts';

/** What the server tells each of them about unread messages, now that nothing moves. */
export async function readUnread(people: readonly Person[]): Promise<UnreadReading[]> {
  const readings = people.map(async ({ id: user, line }) => {
    const { conversations } = await insist(() => line.api.session.snapshot.query({}));
    const cap = limits.unreadCap + 1; // 100 is shown as 99+
    return conversations.map(({ id: conversationId, lastReadSeq, unreadCount }) => ({
      user,
      conversationId,
      lastReadSeq,
      unreadCount,
      cap,
    }));
  });
  return (await Promise.all(readings)).flat();
}
