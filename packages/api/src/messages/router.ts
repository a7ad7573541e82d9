import { id, message, messagesInput, normaliseText, pageOf, posted, postInput, Refusal, textFits } from '@koreromai/contract';
import { idOf, messagePage, messagesById, newId, standingOf } from '@koreromai/db';
import { covers } from '@koreromai/realtime';
import { z } from 'zod';
import { paged } from '../page.ts';
import { authed, limited, member, router } from '../trpc.ts';
import { userView } from '../users/view.ts';
import { messagePosted } from './post.ts';
import { messageView } from './view.ts';

/** What people say: read by page, one by one, and posted. */
export const messagesRouter = router({
  list: member
    .input(messagesInput)
    .output(pageOf(message))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const { ranges, clearedSeq, conversationId } = ctx.standing;
      const page = await paged({
        seal,
        list: `messages ${conversationId} ${input.order}`,
        key: z.int(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (beyond, limit) => messagePage(read, { conversationId, ranges, clearedSeq, order: input.order, beyond, limit }),
        keyOf: (row) => Number(row.seq),
      });
      return { ...page, items: page.items.map(messageView) };
    }),

  get: authed
    .input(z.strictObject({ messageId: id }))
    .output(message)
    .query(async ({ ctx, input }) => {
      const { read } = ctx.services;
      const [row] = await messagesById(read, [input.messageId]);
      const conversationId = row ? idOf(row.conversation_id) : null;
      const standing = conversationId === null ? null : await standingOf(read, ctx.caller.id, [conversationId]);
      if (!row || conversationId === null || !covers(standing?.get(conversationId), Number(row.seq))) throw new Refusal('NOT_FOUND');
      return messageView(row);
    }),

  post: member
    .use(limited('post'))
    .input(postInput)
    .output(posted)
    .mutation(async ({ ctx, input }) => {
      const text = normaliseText(input.text);
      if (text === '') throw new Refusal('EMPTY_MESSAGE', { fields: { text: 'must not be empty' } });
      if (!textFits(text)) throw new Refusal('MESSAGE_TOO_LONG', { fields: { text: 'must be at most 4,000 characters' } });
      const { account } = ctx.caller;
      const author = userView(account.id, account);
      return ctx.services.lane.change(messagePosted, {
        id: input.id ?? newId(ctx.services.now()),
        conversationId: input.conversationId,
        author,
        text,
      });
    }),
});
