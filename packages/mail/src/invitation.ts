import { invitationById, tokenOf } from '@koreromai/db';
import type { Cancelled, Composed, ComposeOptions } from './compose.ts';
import { invitationPage } from './letters/account.ts';

/** The link to a seat, while the seat is still kept (C7). */
export async function composeInvitation(options: ComposeOptions, to: string, invitationId: string): Promise<Composed | Cancelled> {
  const { read, secret, publicUrl, now } = options;
  const row = await invitationById(read, invitationId);
  if (row?.open !== 1 || Number(row.expires_at) <= now() || row.closed_at !== null || row.deleted_at !== null)
    return { cancelled: 'The invitation is gone.' };
  const link = `${publicUrl}/join/${tokenOf(secret, 'invitation', invitationId)}`;
  return { page: invitationPage(row.name, row.conversation_name, link, publicUrl), to };
}
