import { addressIdOf, invitationById, refusesInvitations, tokenOf } from '@koreromai/db';
import type { Cancelled, Composed, ComposeOptions } from './compose.ts';
import { invitationPage } from './letters/account.ts';

/** The link to a seat, while the seat is still kept (C7) and the address has not refused such letters (S7). */
export async function composeInvitation(options: ComposeOptions, to: string, invitationId: string): Promise<Composed | Cancelled> {
  const { read, secret, publicUrl, now } = options;
  const addressId = addressIdOf(to);
  const [row, refused] = await Promise.all([invitationById(read, invitationId), refusesInvitations(read, addressId)]);
  if (refused) return { cancelled: 'The address wants no invitations.' };
  const over = row?.open !== 1 || Number(row.expires_at) <= now() || row.closed_at !== null;
  if (over || row.deleted_at !== null || row.suspended_at !== null) return { cancelled: 'The invitation is gone.' };
  const link = `${publicUrl}/join/${tokenOf(secret, 'invitation', invitationId)}`;
  const unsubscribe = `${publicUrl}/unsubscribe/${tokenOf(secret, 'uninvite', addressId)}`;
  return { page: invitationPage({ inviter: row.name, chat: row.conversation_name, link, unsubscribe, publicUrl }), to, unsubscribe };
}
