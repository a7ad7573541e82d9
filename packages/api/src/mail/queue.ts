import { type MailKind, mailRow, type NewMail } from '@koreromai/db';
import type { Draft } from '@koreromai/realtime';

/** Queues a mail in the change that makes it necessary: both are there, or neither. It goes out behind the request, at most two a second. */
export const queueMail = <Kind extends MailKind>(draft: Draft, mail: NewMail<Kind>): void =>
  draft.insert('mail', mailRow(mail, draft.now), 'ignore');
