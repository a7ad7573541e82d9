import { conversation, id, invitationPage, invitationToken, pageInput, pageOf, pending, Refusal } from '@koreromai/contract';
import { idOf, invitationById, myInvitations, newId } from '@koreromai/db';
import { z } from 'zod';
import { viewFor } from '../conversations/router.ts';
import { pendingView } from '../conversations/view.ts';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { authed, limited, publicProcedure, router } from '../trpc.ts';
import { isoOf, userView } from '../users/view.ts';
import { invitationAccepted, invitationRevoked } from './changes.ts';

/** Links that take a pending seat. */
export const invitationsRouter = router({
  /** My own open invitations: to one conversation, or without one to direct chats that have not begun. */
  list: authed
    .meta({
      rest: [
        {
          method: 'GET',
          path: '/conversations/{id}/invitations',
          params: { id: 'conversationId' },
          summary: 'List my open invitations to a conversation',
        },
        { method: 'GET', path: '/me/invitations', summary: 'List my open invitations to direct chats' },
      ],
    })
    .input(z.strictObject({ conversationId: id.nullish(), ...pageInput }))
    .output(pageOf(pending))
    .query(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const conversationId = input.conversationId ?? null;
      const page = await paged({
        seal: services.seal,
        list: `invitations ${caller.id} ${conversationId}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (before, count) => myInvitations(services.read, caller.id, conversationId, services.now(), before, count),
        keyOf: (row) => idOf(row.id),
      });
      return { ...page, items: page.items.map((row) => pendingView(services, row)) };
    }),

  revoke: authed
    .meta({ rest: { method: 'DELETE', path: '/invitations/{id}', params: { id: 'invitationId' }, summary: 'Withdraw an invitation' } })
    .use(limited('change'))
    .input(z.strictObject({ invitationId: id }))
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const row = await invitationById(ctx.services.read, input.invitationId);
      if (!row || idOf(row.inviter_id) !== ctx.caller.id) throw new Refusal('NOT_FOUND');
      const conversationId = row.conversation_id === null ? null : idOf(row.conversation_id);
      await ctx.services.lane.change(invitationRevoked, { invitationId: input.invitationId, inviterId: ctx.caller.id, conversationId });
    }),

  /** What the holder of a link may know before signing in. */
  open: publicProcedure
    .meta({
      rest: { method: 'GET', path: '/invitations/{id}', params: { id: 'token' }, summary: 'See what a link invites to, by its token' },
    })
    .input(invitationToken)
    .output(invitationPage)
    .query(async ({ ctx, input }) => {
      const row = await invitationOf(ctx.services, input.token);
      const over = row.open !== 1 || Number(row.expires_at) <= ctx.services.now() || row.closed_at !== null;
      if (over || row.suspended_at !== null || row.deleted_at !== null) throw new Refusal('INVITATION_GONE');
      return {
        kind: row.conversation_id === null ? ('direct' as const) : ('group' as const),
        inviter: userView(row.inviter_id, row),
        conversationName: row.conversation_name,
        expiresAt: isoOf(row.expires_at),
      };
    }),

  accept: authed
    .meta({ rest: { method: 'POST', path: '/invitations/{token}/accept', summary: 'Take the seat that a link keeps' } })
    .use(limited('change'))
    .input(invitationToken)
    .output(conversation)
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const row = await invitationOf(services, input.token);
      const { conversationId } = await services.lane.change(invitationAccepted, {
        invitationId: idOf(row.id),
        userId: caller.id,
        inviterId: idOf(row.inviter_id),
        conversationId: row.conversation_id === null ? null : idOf(row.conversation_id),
        newId: newId(services.now()),
      });
      return viewFor(services, caller.id, conversationId);
    }),
});

async function invitationOf(services: Services, token: string) {
  const invitationId = services.seal.openInvitation(token);
  const row = invitationId === null ? undefined : await invitationById(services.read, invitationId);
  if (!row) throw new Refusal('NOT_FOUND');
  return row;
}
