import { type Message, Refusal } from '@koreromai/contract';
import { type Eyes, idOf, messagePlace, messagesById, type Reader } from '@koreromai/db';
import { covers } from '@koreromai/realtime';
import { messageView } from './view.ts';

/** One message as its reader sees it; whether they may was decided before. Throws NOT_FOUND. */
export async function messageFor(read: Reader, eyes: Eyes & { readonly messageId: string }): Promise<Message> {
  const [row] = await messagesById(read, [eyes.messageId], eyes.viewerId);
  if (!row) throw new Refusal('NOT_FOUND');
  return messageView(row, eyes);
}

/** C4: one answers only what one sees, or the answer would tell that it is there. That one is still in is decided under the lock. */
export async function mayQuote(read: Reader, eyes: Eyes & { readonly conversationId: string }, messageId: string): Promise<void> {
  const place = await messagePlace(read, messageId, eyes.viewerId);
  const seq = Number(place?.seq);
  const seen = place && idOf(place.conversation_id) === eyes.conversationId && place.hidden_at === null;
  if (!seen || seq <= eyes.clearedSeq || !covers(eyes.ranges, seq))
    throw new Refusal('NOT_FOUND', { fields: { replyToId: 'is no message that you see here' } });
}
