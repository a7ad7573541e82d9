import { createHash } from 'node:crypto';
import type { InsertRow } from './engine/engine.ts';
import { bytesOf, idOf } from './ids.ts';

/** What a mail of each kind is made of when it goes out. Texts are plain: whoever builds the letter escapes them. */
export interface MailData {
  /** Something happened in a chat, from this seq on. Counts and names are looked up when it goes out. */
  readonly chat: { readonly fromSeq: number };
  /** A seat is kept for an address that has no account. */
  readonly invitation: { readonly invitationId: string };
  /** A way to set a new password. The token is derived from the mail's own id (`tokenOf(secret, 'reset', id)`): it is stored nowhere. */
  readonly reset: { readonly expiresAt: number };
  /** Something that a person must hear about their account, in sentences. */
  readonly notice: { readonly title: string; readonly lines: readonly string[] };
}
export type MailKind = keyof MailData;

/** What an invited address is known by, also when the address itself is to be forgotten. */
export const addressIdOf = (email: string): string => idOf(createHash('sha256').update(`address ${email}`).digest().subarray(0, 16));

/** queued → sent, cancelled (no longer wanted; `last_error` says why) or dead (given up after its last try). */
export type MailState = 'queued' | 'sent' | 'cancelled' | 'dead';

export interface NewMail<Kind extends MailKind> {
  /** A UUID made before the change, so that a rerun queues it once. It names the mail for ever: its Message-ID comes from it. */
  readonly id: string;
  readonly kind: Kind;
  /** Null where nobody has an account yet. */
  readonly userId: string | null;
  readonly email: string;
  readonly data: MailData[Kind];
  readonly conversationId?: string;
  /** Which quarter of an hour of that conversation it tells of. */
  readonly slot?: number;
  /** Milliseconds since 1970 before which it does not go out. */
  readonly runAfter?: number;
}

/** The row of a mail that waits. Throws when `data` needs more than 2,000 letters of JSON. */
export function mailRow<Kind extends MailKind>(mail: NewMail<Kind>, now: number): InsertRow<'mail'> {
  const data = JSON.stringify(mail.data);
  if (data.length > 2_000) throw new Error(`A mail of kind ${mail.kind} has more to say than fits its row: shorten its lines.`);
  return {
    id: bytesOf(mail.id),
    user_id: mail.userId === null ? null : bytesOf(mail.userId),
    email: mail.email,
    kind: mail.kind,
    conversation_id: mail.conversationId === undefined ? null : bytesOf(mail.conversationId),
    slot: mail.slot ?? null,
    state: 'queued' satisfies MailState,
    run_after: mail.runAfter ?? now,
    attempts: 0,
    holder: null,
    lease_until: null,
    data,
    created_at: now,
    sent_at: null,
    last_error: null,
  };
}
