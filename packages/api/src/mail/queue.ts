import { bytesOf, type MailKind, mailRow, type NewMail } from '@koreromai/db';
import type { Draft } from '@koreromai/realtime';

/** Queues a mail in the change that makes it necessary: both are there, or neither. It goes out behind the request, at most two a second. */
export const queueMail = <Kind extends MailKind>(draft: Draft, mail: NewMail<Kind>): void =>
  draft.insert('mail', mailRow(mail, draft.now), 'ignore');

/** Nothing goes out to a person any more, and their address is kept nowhere. */
export function forgetMail(draft: Draft, userId: string): void {
  draft.delete('mail', { user_id: bytesOf(userId) });
}
