import { bytesOf, idOf, invitationById, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { tellInviter } from '../conversations/seats.ts';
import type { JobKind } from '../jobs/jobs.ts';
import type { Services } from '../services.ts';

/** The seat of a link that nobody opened in time is free, and those in the chat are told. Whoever took or withdrew it was told then. */
const invitationExpired = changeKind<{ invitationId: string; conversationId: string; inviterId: string }, void>()({
  name: 'invitation.expired',
  alone: true,
  streams: (input) => [input.conversationId, input.inviterId],
  lookups: (inputs) => ({
    invitation: lookup(
      'invitation',
      ['open', 'expires_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.invitationId)]),
    ),
    conversation: lookup(
      'conversation',
      ['closed_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.conversationId)]),
    ),
  }),
  facts: (found) => ({ invitation: found.invitation[0], closed: found.conversation[0]?.closed_at !== null }),
  decide({ invitationId, conversationId, inviterId }, { invitation, closed }, draft) {
    if (invitation?.open !== 1 || Number(invitation.expires_at) > draft.now) return;
    draft.update('invitation', { open: null }, { id: bytesOf(invitationId) });
    if (closed) return;
    draft.event({ stream: conversationId, type: 'invitation.expired' });
    tellInviter(draft, inviterId, conversationId);
  },
});

/** The job that waits as long as a link holds. It has the id of its invitation. */
export const expireInvitation =
  ({ read, lane }: Pick<Services, 'read' | 'lane'>): JobKind =>
  async ({ subject }) => {
    const row = subject === null ? undefined : await invitationById(read, subject);
    if (row?.open !== 1 || row.conversation_id === null) return 'done';
    const ids = { conversationId: idOf(row.conversation_id), inviterId: idOf(row.inviter_id) };
    await lane.change(invitationExpired, { ...ids, invitationId: idOf(row.id) });
    return 'done';
  };
