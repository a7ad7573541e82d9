import {
  emojiOf,
  like,
  message,
  messageInput,
  pageOf,
  type Reaction,
  Refusal,
  reactInput,
  reaction,
  reactionsInput,
} from '@koreromai/contract';
import { idOf, reactionPage } from '@koreromai/db';
import { z } from 'zod';
import { messageFor } from '../messages/read.ts';
import { paged } from '../page.ts';
import { limited, router, seeing } from '../trpc.ts';
import { isoOf, userView } from '../users/view.ts';
import { reacted } from './react.ts';

const params = { id: 'messageId' };

/** Likes, and any other emoji. Setting one twice, or taking back what is not there, is no mistake. */
const setting = (on: boolean) =>
  seeing
    .meta({
      rest: {
        method: on ? 'PUT' : 'DELETE',
        path: '/messages/{id}/reactions/{emoji}',
        params,
        summary: on ? 'React to a message' : 'Take a reaction back',
      },
    })
    .use(limited('change'))
    .input(reactInput)
    .output(message)
    .mutation(async ({ ctx, input }) => {
      const emoji = emojiOf(input.emoji);
      if (emoji === null) throw new Refusal('BAD_EMOJI', { fields: { emoji: 'must be exactly one emoji' } });
      await ctx.services.lane.change(reacted, { ...ctx.seeing, room: ctx.seeing.kind === 'room', userId: ctx.caller.id, emoji, on });
      return messageFor(ctx.services.read, ctx.seeing);
    });

const liking = (on: boolean) =>
  seeing
    .meta({
      rest: { method: on ? 'PUT' : 'DELETE', path: '/messages/{id}/like', params, summary: on ? 'Like a message' : 'Take a like back' },
    })
    .use(limited('change'))
    .input(messageInput)
    .output(message)
    .mutation(async ({ ctx }) => {
      await ctx.services.lane.change(reacted, { ...ctx.seeing, room: ctx.seeing.kind === 'room', userId: ctx.caller.id, emoji: like, on });
      return messageFor(ctx.services.read, ctx.seeing);
    });

export const reactionsRouter = router({
  like: liking(true),
  unlike: liking(false),
  add: setting(true),
  remove: setting(false),

  /** Who reacted, newest first; likes with the emoji `like`. */
  list: seeing
    .meta({ rest: { method: 'GET', path: '/messages/{id}/reactions', params, summary: 'Who reacted to a message' } })
    .input(reactionsInput)
    .output(pageOf(reaction))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `reactions ${ctx.seeing.messageId} ${ctx.caller.id}`,
        key: z.object({ at: z.int(), emoji: z.string(), userId: z.string() }),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (beyond, limit) => reactionPage(read, ctx.seeing.messageId, beyond, limit),
        keyOf: (row) => ({ at: Number(row.created_at), emoji: row.emoji, userId: idOf(row.user_id) }),
      });
      const items = page.items.map((row): Reaction => {
        const person = {
          username: row.username,
          name: row.name,
          bio: row.bio,
          avatar_id: row.avatar_id,
          bot: row.bot,
          created_at: row.user_created_at,
          deleted_at: row.deleted_at,
        };
        return { user: userView(row.user_id, person), emoji: row.emoji, createdAt: isoOf(row.created_at) };
      });
      return { ...page, items };
    }),
});
