import { message, messageInput, type Pin, pageOf, pin, pinsInput } from '@koreromai/contract';
import { idOf, pinPage } from '@koreromai/db';
import { z } from 'zod';
import { messageFor } from '../messages/read.ts';
import { messageView } from '../messages/view.ts';
import { paged } from '../page.ts';
import { limited, member, router, seeing } from '../trpc.ts';
import { isoOf, userView } from '../users/view.ts';
import { messagePinned } from './pin.ts';

/** Pinning twice, or taking off what is not pinned, is no mistake. */
const pinning = (on: boolean) =>
  seeing
    .meta({
      rest: {
        method: on ? 'PUT' : 'DELETE',
        path: '/messages/{id}/pin',
        params: { id: 'messageId' },
        summary: on ? 'Pin a message for everybody in the chat' : 'Take a pin off',
      },
    })
    .use(limited('change'))
    .input(messageInput)
    .output(message)
    .mutation(async ({ ctx }) => {
      const { services, seeing: seen, caller } = ctx;
      await services.lane.change(messagePinned, { ...seen, room: seen.kind === 'room', userId: caller.id, on });
      return messageFor(services.read, seen);
    });

export const pinsRouter = router({
  add: pinning(true),
  remove: pinning(false),

  list: member
    .meta({
      rest: {
        method: 'GET',
        path: '/conversations/{id}/pins',
        params: { id: 'conversationId' },
        summary: 'What is pinned in a chat, the newest pin first',
      },
    })
    .input(pinsInput)
    .output(pageOf(pin))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const { conversationId, ranges, clearedSeq } = ctx.standing;
      const eyes = { viewerId: ctx.caller.id, ranges, clearedSeq };
      const page = await paged({
        seal,
        list: `pins ${conversationId} ${ctx.caller.id}`,
        key: z.object({ at: z.int(), id: z.string() }),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (beyond, limit) => pinPage(read, { ...eyes, conversationId, beyond, limit }),
        keyOf: (row) => ({ at: Number(row.pinned_at), id: idOf(row.id) }),
      });
      const items = page.items.map((row): Pin => {
        const pinner = {
          username: row.pinner_username,
          name: row.pinner_name,
          bio: row.pinner_bio,
          avatar_id: row.pinner_avatar_id,
          bot: row.pinner_bot,
          created_at: row.pinner_created_at,
          deleted_at: row.pinner_deleted_at,
        };
        return { message: messageView(row, eyes), pinnedBy: userView(row.pinned_by, pinner), pinnedAt: isoOf(row.pinned_at) };
      });
      return { ...page, items };
    }),
});
