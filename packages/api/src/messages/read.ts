import { type Message, Refusal } from '@koreromai/contract';
import { type Eyes, messagesById, type Reader } from '@koreromai/db';
import { messageView } from './view.ts';

/** One message as its reader sees it; whether they may was decided before. Throws NOT_FOUND. */
export async function messageFor(read: Reader, eyes: Eyes & { readonly messageId: string }): Promise<Message> {
  const [row] = await messagesById(read, [eyes.messageId], eyes.viewerId);
  if (!row) throw new Refusal('NOT_FOUND');
  return messageView(row, eyes);
}
