import { limits, type Page, readInput, readMarks, readsInput, unreadInput } from '@koreromai/contract';
import { idOf, receiptPage } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { limited, member, router } from '../trpc.ts';
import { userView } from '../users/view.ts';
import { readMoved, unreadMarked } from './mark.ts';

type Receipt = Awaited<ReturnType<typeof receiptPage>>[number];

/** N2: who sees whose receipts is the same both ways, so whoever this person could look at is told. */
async function tellRead({ read, bus }: Services, userId: string, conversationId: string, seq: number): Promise<void> {
  const others = await receiptPage(read, userId, conversationId, null, limits.group.maxSeats);
  bus.whisper({ frame: { type: 'read', stream: conversationId, userId, seq }, streams: others.map((o) => idOf(o.user_id)), except: [] });
}

export const readsRouter = router({
  mark: member
    .meta({
      rest: {
        method: 'PUT',
        path: '/conversations/{id}/read',
        params: { id: 'conversationId' },
        summary: 'Mark as read up to a message',
      },
    })
    .use(limited('read'))
    .input(readInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const { services, caller, standing } = ctx;
      const { conversationId } = standing;
      const { moved } = await services.lane.change(readMoved, { userId: caller.id, conversationId, seq: input.seq });
      if (moved !== null && standing.kind !== 'room') await tellRead(services, caller.id, conversationId, moved).catch(services.onFault);
    }),

  /** UI6: mark unread from here. */
  unread: member
    .meta({
      rest: {
        method: 'PUT',
        path: '/conversations/{id}/unread',
        params: { id: 'conversationId' },
        summary: 'Mark as unread from a message on',
      },
    })
    .use(limited('read'))
    .input(unreadInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(unreadMarked, { ...input, userId: ctx.caller.id })),

  /** N2: how far the others have read. In rooms nobody sees that of anybody. */
  list: member
    .meta({
      rest: {
        method: 'GET',
        path: '/conversations/{id}/reads',
        params: { id: 'conversationId' },
        summary: 'How far the others have read',
      },
    })
    .input(readsInput)
    .output(readMarks)
    .query(async ({ ctx, input }) => {
      const { services, caller, standing } = ctx;
      const page: Page<Receipt> = await paged({
        seal: services.seal,
        list: `reads ${standing.conversationId} ${caller.id}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: async (after, limit) =>
          standing.kind === 'room' ? [] : receiptPage(services.read, caller.id, standing.conversationId, after, limit),
        keyOf: (row) => idOf(row.user_id),
      });
      return {
        ...page,
        items: page.items.map((row) => ({ user: userView(row.user_id, row), lastReadSeq: Number(row.last_read_seq ?? 0) })),
      };
    }),
});
