import {
  message,
  type Posted,
  pageInput,
  pageOf,
  posted,
  profile,
  Refusal,
  userInput,
  userMessagesInput,
  userPostInput,
} from '@koreromai/contract';
import {
  correspondentPage,
  directIdOf,
  directMessagePage,
  idOf,
  type MessageRow,
  messagePage,
  messagesById,
  myStates,
  newId,
  peopleByIdWithAddress,
  personById,
  roleNow,
  standingIn,
} from '@koreromai/db';
import { z } from 'zod';
import { directCreated } from '../conversations/create.ts';
import { namedIn } from '../messages/naming.ts';
import { messagePosted } from '../messages/post.ts';
import { messageFor } from '../messages/read.ts';
import { fitting } from '../messages/router.ts';
import { messageView } from '../messages/view.ts';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { authed, limited } from '../trpc.ts';
import { authorView, profileViews } from './view.ts';

const ofUser = { id: 'userId' };
const all = [{ from: 0, to: null }] as const;

/** R026: what two people wrote to each other, as the caller sees it: nothing yet is an empty page, nobody is 404. */
export const messagesWith = authed
  .meta({ rest: { method: 'GET', path: '/users/{id}/messages', params: ofUser, summary: 'Read what somebody and I wrote to each other' } })
  .use(limited('read'))
  .input(userMessagesInput)
  .output(pageOf(message))
  .query(async ({ ctx, input }) => {
    const { read, seal } = ctx.services;
    const { caller } = ctx;
    if (!(await personById(read, input.userId))) throw new Refusal('NOT_FOUND');
    const conversationId = await directIdOf(read, caller.id, input.userId);
    const standing = conversationId === null ? null : await standingIn(read, caller.id, conversationId);
    const eyes = { viewerId: caller.id, ranges: standing?.ranges ?? [], clearedSeq: standing?.clearedSeq ?? 0 };
    const page = await paged({
      seal,
      list: `messages of ${caller.id} with ${input.userId}`,
      key: z.int(),
      ...{ cursor: input.cursor, limit: input.limit },
      rows: async (beyond, limit): Promise<MessageRow[]> =>
        conversationId === null ? [] : messagePage(read, { ...eyes, conversationId, order: 'desc', beyond, limit }),
      keyOf: (row) => Number(row.seq),
    });
    return { ...page, items: page.items.map((row) => messageView(row, eyes)) };
  });

/** R022: posts to a person, in the direct chat that stands or in one that begins with it. */
export const postTo = authed
  .meta({
    rest: {
      method: 'POST',
      path: '/users/{id}/messages',
      params: ofUser,
      summary: 'Post a message to somebody',
      idempotencyKey: 'id',
      answer: ({ message: body, replayed }: Posted) =>
        replayed ? { status: 200, body, headers: { 'idempotency-replayed': 'true' } } : { status: 201, body },
      answers: { 201: message, 200: message },
      location: ({ message: { id } }: Posted) => `/messages/${id}`,
      etag: ({ message: { version } }: Posted) => version,
    },
  })
  .use(limited('post'))
  .input(userPostInput)
  .output(posted)
  .mutation(async ({ ctx, input }) => {
    const { services, caller } = ctx;
    const text = fitting(input.text);
    if (text === '') throw new Refusal('EMPTY_MESSAGE', { fields: { text: 'must not be empty' } });
    if (input.userId === caller.id) throw new Refusal('CANNOT_ADD_SELF');
    const other = await personById(services.read, input.userId);
    if (!other) throw new Refusal('NOT_FOUND');
    if (other.deleted_at !== null) throw new Refusal('PEER_GONE');
    const { id: conversationId } = await services.lane.change(directCreated, {
      id: newId(services.now()),
      creatorId: caller.id,
      otherId: input.userId,
      directId: await directIdOf(services.read, caller.id, input.userId),
      policy: services.settings.current.messagingPolicy,
    });
    const id = input.id ?? newId(services.now());
    const author = authorView(caller.account);
    const direct = { otherId: input.userId, policy: services.settings.current.messagingPolicy };
    const named = await namedIn(services, text, { conversationId, kind: 'direct' });
    const said = { id, conversationId, room: false, direct, author, text, named, replyToId: null, attachmentIds: [] };
    const result = await services.lane.change(messagePosted, said);
    const eyes = { viewerId: caller.id, ranges: all, clearedSeq: 0, messageId: id };
    return { message: result.message ?? (await messageFor(services.read, eyes)), replayed: result.replayed };
  });

const recency = z.object({ at: z.int(), id: z.string() });

/** R027: whom one wrote with, last message first. Site admins may ask for anybody, and learn no more than that. */
export const correspondents = authed
  .meta({ rest: { method: 'GET', path: '/users/{id}/correspondents', params: ofUser, summary: 'List whom somebody wrote with' } })
  .use(limited('read'))
  .input(z.strictObject({ ...userInput.shape, ...pageInput }))
  .output(pageOf(profile))
  .query(async ({ ctx, input }) => {
    const { services, caller } = ctx;
    const { read, seal } = services;
    if (input.userId !== caller.id) {
      if (!(await personById(read, input.userId))) throw new Refusal('NOT_FOUND');
      if ((await roleNow(read, caller.id)) !== 'admin') throw new Refusal('FORBIDDEN');
    }
    const page = await paged({
      seal,
      list: `correspondents of ${input.userId} for ${caller.id}`,
      key: recency,
      ...{ cursor: input.cursor, limit: input.limit },
      rows: (beyond, limit) => correspondentPage(read, input.userId, beyond, limit),
      keyOf: (row) => ({ at: Number(row.last_at), id: idOf(row.user_id) }),
    });
    const ids = page.items.map((row) => idOf(row.user_id));
    const people = await peopleByIdWithAddress(read, ids);
    const views = await profileViews(services, caller.id, people);
    return { ...page, items: ids.flatMap((id) => views.find((v) => v.id === id) ?? []) };
  });

const directPlace = z.object({ at: z.int(), conversationId: z.string(), seq: z.int() });

/** R023: everything that others wrote to me alone, newest first, from whichever chat. */
export const directMessages = authed
  .meta({ rest: { method: 'GET', path: '/me/direct-messages', summary: 'Read what others wrote to me alone' } })
  .use(limited('read'))
  .input(z.strictObject(pageInput))
  .output(pageOf(message))
  .query(async ({ ctx, input }) => {
    const { read, seal } = ctx.services;
    const { caller } = ctx;
    const page = await paged({
      seal,
      list: `direct messages ${caller.id}`,
      key: directPlace,
      ...{ cursor: input.cursor, limit: input.limit },
      rows: (beyond, limit) => directMessagePage(read, caller.id, beyond, limit),
      keyOf: (row) => ({ at: Number(row.created_at), conversationId: idOf(row.conversation_id), seq: Number(row.seq) }),
    });
    return {
      ...page,
      items: await viewed(
        { read },
        caller.id,
        page.items.map((row) => idOf(row.id)),
      ),
    };
  });

/** Messages of direct chats in this order; quotes are held against what the reader cleared in each. */
async function viewed({ read }: Pick<Services, 'read'>, viewerId: string, ids: readonly string[]) {
  const rows = await messagesById(read, ids, viewerId);
  const states = await myStates(read, viewerId, [...new Set(rows.map((row) => idOf(row.conversation_id)))]);
  return ids.flatMap((id) => {
    const row = rows.find((r) => idOf(r.id) === id);
    const state = states.find((s) => row?.conversation_id.equals(s.conversation_id));
    return row ? [messageView(row, { ranges: all, clearedSeq: Number(state?.cleared_seq ?? 0) })] : [];
  });
}
