import {
  id,
  type Message,
  message,
  messagesInput,
  normaliseText,
  type Posted,
  pageOf,
  posted,
  postInput,
  Refusal,
  textFits,
} from '@koreromai/contract';
import { idOf, messagePage, messagesById, newId, standingOf } from '@koreromai/db';
import { covers } from '@koreromai/realtime';
import { z } from 'zod';
import { paged } from '../page.ts';
import { authed, limited, member, router } from '../trpc.ts';
import { userView } from '../users/view.ts';
import { messagePosted } from './post.ts';
import { messageView } from './view.ts';

/** A room is a conversation and may be spoken to as either. */
const timelines = ['/conversations/{id}/messages', '/rooms/{id}/messages', '/room/{id}/messages'] as const;
const inConversation = { id: 'conversationId' };

/** What people say: read by page, one by one, and posted. */
export const messagesRouter = router({
  list: member
    .meta({ rest: timelines.map((path) => ({ method: 'GET', path, params: inConversation, summary: 'Read messages, newest first' })) })
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
    .meta({
      rest: {
        method: 'GET',
        path: '/messages/{id}',
        params: { id: 'messageId' },
        summary: 'Look at one message',
        etag: (output: Message) => output.version,
      },
    })
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
    .meta({
      rest: timelines.map((path) => ({
        method: 'POST',
        path,
        params: inConversation,
        summary: 'Post a message',
        idempotencyKey: 'id',
        answer: ({ message, replayed }: Posted) =>
          replayed ? { status: 200, body: message, headers: { 'idempotency-replayed': 'true' } } : { status: 201, body: message },
        answers: { 201: message, 200: message },
        location: ({ message }: Posted) => `/messages/${message.id}`,
        etag: ({ message }: Posted) => message.version,
      })),
    })
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
