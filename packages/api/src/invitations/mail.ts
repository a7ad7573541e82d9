import { limits } from '@koreromai/contract';
import { addressIdOf, bytesOf, idOf, locked, lookup, newId, type Stored } from '@koreromai/db';
import type { Draft } from '@koreromai/realtime';
import { queueMail } from '../mail/queue.ts';

export type Addresses = readonly Pick<Stored<'invited_address'>, 'id' | 'mailed_at' | 'refused_at'>[];

/** What is known of addresses, for `mailInvitation`: locked, because no stream guards them. */
export const addressLookup = (emails: readonly string[]) =>
  locked(
    lookup(
      'invited_address',
      ['id', 'mailed_at', 'refused_at'],
      ['id'],
      emails.map((email) => [bytesOf(addressIdOf(email))]),
    ),
  );

/**
 * Queues the letter of an invitation. An address gets one a day, whoever invites it: a new invitation waits for its day while it is open,
 * one that is only repeated (`again`) is then not told again. Nothing goes to an address that refused (S7).
 */
export function mailInvitation(draft: Draft, addresses: Addresses, to: { invitationId: string; email: string; again: boolean }): void {
  const { invitationId, email, again } = to;
  const id = addressIdOf(email);
  const known = addresses.find((row) => idOf(row.id) === id);
  if (known && known.refused_at !== null) return;
  const { mailEvery, lifetime } = limits.invitation;
  const free = known && known.mailed_at !== null ? Number(known.mailed_at) + mailEvery : 0;
  const due = Math.max(draft.now, free);
  if (due >= draft.now + (again ? 1 : lifetime)) return;
  queueMail(draft, { id: newId(draft.now), kind: 'invitation', userId: null, email, data: { invitationId }, runAfter: due });
  if (known) draft.update('invited_address', { mailed_at: due }, { id: bytesOf(id) });
  else draft.insert('invited_address', { id: bytesOf(id), mailed_at: due, refused_at: null }); // two at once: the second is decided anew
}
