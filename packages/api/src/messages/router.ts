import {
  deleteInput,
  editInput,
  hiddenInput,
  type Message,
  message,
  messageInput,
  messagesInput,
  normaliseText,
  type Posted,
  pageOf,
  posted,
  postInput,
  Refusal,
  reportInput,
  revision,
  revisionsInput,
  textFits,
} from '@koreromai/contract';
import { hiddenPage, idOf, messagePage, newId, randomId, revisionPage } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import { visit } from '../rooms/enter.ts';
import { authed, limited, member, reaching, router, seeing, speaking } from '../trpc.ts';
import { authorView, isoOf } from '../users/view.ts';
import { messageDeleted } from './delete.ts';
import { messageEdited } from './edit.ts';
import { messageHidden, messageUnhidden } from './hide.ts';
import { mentionsOfMe } from './mentions.ts';
import { namedIn } from './naming.ts';
import { messagePosted } from './post.ts';
import { mayQuote, messageFor } from './read.ts';
import { messageReported } from './report.ts';
import { messageView } from './view.ts';

/** A room is a conversation and may be spoken to as either. */
const timelines = ['/conversations/{id}/messages', '/rooms/{id}/messages', '/room/{id}/messages'] as const;
const inConversation = { id: 'conversationId' };
const ofMessage = { id: 'messageId' };
const etag = (output: Message) => output.version;

/** What people say: read by page, one by one, posted, edited, deleted for everyone or for oneself. */
export const messagesRouter = router({
  list: member
    .meta({ rest: timelines.map((path) => ({ method: 'GET', path, params: inConversation, summary: 'Read messages, newest first' })) })
    .input(messagesInput)
    .output(pageOf(message))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const { ranges, clearedSeq, conversationId } = ctx.standing;
      const eyes = { viewerId: ctx.caller.id, ranges, clearedSeq };
      if (ctx.standing.kind === 'room' && !input.cursor) await visit(ctx.services, conversationId, ctx.caller.id);
      const page = await paged({
        seal,
        list: `messages ${conversationId} ${input.order}`,
        key: z.int(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (beyond, limit) => messagePage(read, { ...eyes, conversationId, order: input.order, beyond, limit }),
        keyOf: (row) => Number(row.seq),
      });
      return { ...page, items: page.items.map((row) => messageView(row, eyes)) };
    }),

  get: seeing
    .meta({
      rest: {
        method: 'GET',
        path: '/messages/{id}',
        params: ofMessage,
        summary: 'Look at one message',
        etag,
      },
    })
    .input(messageInput)
    .output(message)
    .query(({ ctx }) => messageFor(ctx.services.read, ctx.seeing)),

  post: speaking
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
      const { services, caller, place } = ctx;
      const attachmentIds = [...new Set(input.attachmentIds ?? [])];
      const text = fitting(input.text);
      if (text === '' && attachmentIds.length === 0) throw new Refusal('EMPTY_MESSAGE', { fields: { text: 'must not be empty' } });
      if (input.replyToId !== undefined) await mayQuote(services.read, { ...(await ctx.standing()), viewerId: caller.id }, input.replyToId);
      const id = input.id ?? newId(services.now());
      const result = await services.lane.change(messagePosted, {
        id,
        conversationId: place.conversationId,
        room: place.kind === 'room',
        direct: place.direct,
        author: authorView(caller.account),
        text,
        named: await namedIn(services, text, place),
        replyToId: input.replyToId ?? null,
        attachmentIds,
      });
      if (place.kind === 'room') void visit(services, place.conversationId, caller.id).catch(services.onFault); // nobody waits for it
      if (result.message) return { message: result.message, replayed: result.replayed };
      const eyes = { ...(await ctx.standing()), viewerId: caller.id, messageId: id };
      return { message: await messageFor(services.read, eyes), replayed: result.replayed };
    }),

  edit: seeing
    .meta({
      rest: { method: 'PATCH', path: '/messages/{id}', params: ofMessage, summary: 'Edit my message', etag, ifMatch: 'expectedVersion' },
    })
    .use(limited('change'))
    .input(editInput)
    .output(message)
    .mutation(async ({ ctx, input }) => {
      const { messageId, conversationId, kind, direct } = ctx.seeing;
      const text = fitting(input.text);
      await ctx.services.lane.change(messageEdited, {
        messageId,
        conversationId,
        room: kind === 'room',
        direct,
        editorId: ctx.caller.id,
        text,
        named: await namedIn(ctx.services, text, ctx.seeing),
        expectedVersion: input.expectedVersion ?? null,
        window: ctx.services.settings.current.editWindow,
      });
      return messageFor(ctx.services.read, ctx.seeing);
    }),

  /** D-ed2: what it said before, newest first, for those who see it. */
  revisions: seeing
    .meta({ rest: { method: 'GET', path: '/messages/{id}/revisions', params: ofMessage, summary: 'What a message said before its edits' } })
    .input(revisionsInput)
    .output(pageOf(revision))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `revisions ${input.messageId}`,
        key: z.int(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (beyond, limit) => revisionPage(read, input.messageId, beyond, limit),
        keyOf: (row) => row.version,
      });
      return { ...page, items: page.items.map((r) => ({ version: r.version, text: r.text, at: isoOf(r.written_at) })) };
    }),

  /** For everyone a tombstone stays; for me it is gone and nobody else can tell. Twice is no mistake. */
  delete: reaching
    .meta({
      rest: { method: 'DELETE', path: '/messages/{id}', params: ofMessage, summary: 'Delete a message for everyone, or for me alone' },
    })
    .use(limited('change'))
    .input(deleteInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const { messageId, conversationId, kind, hidden } = ctx.seeing;
      if (input.for === 'me') return ctx.services.lane.change(messageHidden, { userId: ctx.caller.id, messageId, conversationId });
      if (hidden) throw new Refusal('NOT_FOUND');
      await ctx.services.lane.change(messageDeleted, {
        messageId,
        conversationId,
        kind,
        actorId: ctx.caller.id,
        moderating: false,
        address: ctx.address,
      });
    }),

  unhide: reaching
    .meta({ rest: { method: 'DELETE', path: '/me/hidden/{messageId}', summary: 'Bring back a message I deleted for me' } })
    .use(limited('change'))
    .input(messageInput)
    .output(z.void())
    .mutation(({ ctx }) => ctx.services.lane.change(messageUnhidden, { ...ctx.seeing, userId: ctx.caller.id })),

  /** What I deleted on my side alone, last first. */
  hidden: authed
    .meta({ rest: { method: 'GET', path: '/me/hidden', summary: 'Messages I deleted for me' } })
    .input(hiddenInput)
    .output(pageOf(message))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `hidden ${ctx.caller.id}`,
        key: z.object({ at: z.int(), id: z.string() }),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (beyond, limit) => hiddenPage(read, ctx.caller.id, beyond, limit),
        keyOf: (row) => ({ at: Number(row.hidden_at), id: idOf(row.id) }),
      });
      // A quote is left out where the stays of each would have to be read for it.
      return { ...page, items: page.items.map((row) => messageView(row, { ranges: [], clearedSeq: 0 })) };
    }),

  mentions: mentionsOfMe,

  report: seeing
    .meta({ rest: { method: 'POST', path: '/messages/{id}/report', params: ofMessage, summary: 'Report a message to the moderators' } })
    .use(limited('change'))
    .input(reportInput)
    .output(z.void())
    .mutation(({ ctx, input }) => {
      const { messageId, conversationId } = ctx.seeing;
      const report = { id: randomId(), messageId, conversationId, reporterId: ctx.caller.id, reason: input.reason };
      return ctx.services.lane.change(messageReported, report);
    }),
});

/** The text as it is stored. Throws MESSAGE_TOO_LONG. */
export function fitting(raw: string): string {
  const text = normaliseText(raw);
  if (!textFits(text)) throw new Refusal('MESSAGE_TOO_LONG', { fields: { text: 'must be at most 4,000 characters' } });
  return text;
}
