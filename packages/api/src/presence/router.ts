import { presenceInput, presences, typingInput } from '@koreromai/contract';
import { companyAmong } from '@koreromai/db';
import { z } from 'zod';
import { authed, limited, member, router } from '../trpc.ts';
import { tellTyping } from './typing.ts';

/** What passes: who types, and who is here. Nothing of it is kept. */
export const presenceRouter = router({
  /** Repeated within three seconds it is no mistake, and tells nobody. */
  typing: member
    .meta({
      rest: {
        method: 'POST',
        path: '/conversations/{id}/typing',
        params: { id: 'conversationId' },
        summary: 'Show that I write',
        status: 204,
      },
    })
    .use(limited('typing'))
    .input(typingInput)
    .output(z.void())
    .mutation(async ({ ctx }) => {
      const { services, caller, standing } = ctx;
      const { conversationId, kind } = standing;
      if (services.typingPace(`${caller.id} ${conversationId}`))
        await tellTyping(services, { userId: caller.id, conversationId, room: kind === 'room' });
    }),

  /** Who of these people is here now, as far as the caller shares a chat with them. */
  list: authed
    .meta({ rest: { method: 'GET', path: '/presence', summary: 'Who of these people is online' } })
    .use(limited('read'))
    .input(presenceInput)
    .output(presences)
    .query(async ({ ctx, input }) => {
      const { read, presence } = ctx.services;
      const known = await companyAmong(read, ctx.caller.id, input.userIds);
      return { items: known.map((userId) => ({ userId, online: presence.isOnline(userId) })) };
    }),
});
