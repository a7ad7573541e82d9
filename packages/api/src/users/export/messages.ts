import { setImmediate as nextTurn } from 'node:timers/promises';
import { limits } from '@koreromai/contract';
import { messagePage, type Reader, standingIn } from '@koreromai/db';
import { messageView } from '../../messages/view.ts';

const utf8 = new TextEncoder();

/**
 * One conversation's messages as lines of JSON, oldest first, as H1 shows them to this reader at each page. The ids of their
 * files go to `carried`.
 */
export async function* messagesOf(read: Reader, viewerId: string, conversationId: string, carried: string[]): AsyncGenerator<Uint8Array> {
  let beyond: number | null = null;
  for (;;) {
    const standing = await standingIn(read, viewerId, conversationId);
    if (standing === null || standing.barred || standing.closedAt !== null) return; // over since it began
    const { ranges, clearedSeq } = standing;
    const eyes = { viewerId, ranges, clearedSeq };
    const rows = await messagePage(read, { ...eyes, conversationId, order: 'asc', beyond, limit: limits.page.max });
    for (const row of rows) {
      const message = messageView(row, eyes);
      for (const { id } of message.attachments) carried.push(id);
      beyond = message.seq;
      yield utf8.encode(`${JSON.stringify(message)}\n`);
    }
    if (rows.length < limits.page.max) return;
    await nextTurn(); // others wait, too
  }
}
