import { createHookInput, hook, hookRef, hooksInput, limits, madeHook, pageOf, Refusal } from '@koreromai/contract';
import { type HookRow, hookOf, hooksOf, idOf, newId } from '@koreromai/db';
import { z } from 'zod';
import { hashToken, newToken } from '../auth/tokens.ts';
import { botDeleted } from '../bots/changes.ts';
import { paged } from '../page.ts';
import { limited, router, tending } from '../trpc.ts';
import { lucky } from '../users/names.ts';
import { isoOf, userView } from '../users/view.ts';
import { answeredFor } from './answered-for.ts';
import { hookMade, hookRemoved } from './changes.ts';

const inConversation = { id: 'conversationId' };

/** Addresses at which other systems post into a chat; whoever tends the chat sees them all, and none of their tokens. */
export const hooksRouter = router({
  list: tending
    .meta({
      rest: { method: 'GET', path: '/conversations/{id}/hooks', params: inConversation, summary: 'List the incoming webhooks of a chat' },
    })
    .use(limited('read'))
    .input(hooksInput)
    .output(pageOf(hook))
    .query(async ({ ctx, input: { conversationId, cursor, limit } }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `hooks ${conversationId}`,
        key: z.string(),
        ...{ cursor, limit },
        rows: (before, count) => hooksOf(read, conversationId, before, count),
        keyOf: (row) => idOf(row.id),
      });
      return { ...page, items: page.items.map(hookView) };
    }),

  create: tending
    .meta({
      rest: {
        method: 'POST',
        path: '/conversations/{id}/hooks',
        params: inConversation,
        summary: 'Make an incoming webhook, whose address is shown this once',
        status: 201,
      },
    })
    .use(limited('change'))
    .input(createHookInput)
    .output(madeHook)
    .mutation(async ({ ctx, input: { conversationId, name } }) => {
      const { lane, read, now, publicUrl } = ctx.services;
      const [id, botId, token] = [newId(now()), newId(now()), `kmh_${newToken()}`];
      const made = { id, conversationId, actorId: ctx.caller.id, address: ctx.address, tokenHash: hashToken(token) };
      await lucky(undefined, (username) => lane.change(hookMade, { ...made, bot: { id: botId, name, username } }));
      const row = (await hooksOf(read, conversationId, null, limits.hooks.perConversation)).find((one) => idOf(one.id) === id);
      if (!row) throw new Refusal('NOT_FOUND'); // gone in the same moment
      return { ...hookView(row), url: `${publicUrl}/hooks/${token}` };
    }),

  remove: tending
    .meta({
      rest: {
        method: 'DELETE',
        path: '/conversations/{id}/hooks/{hookId}',
        params: inConversation,
        summary: 'End an incoming webhook, with its bot',
      },
    })
    .use(limited('change'))
    .input(hookRef)
    .output(z.void())
    .mutation(async ({ ctx, input: { conversationId, hookId } }) => {
      const { lane, read, jobs, now } = ctx.services;
      const found = await hookOf(read, conversationId, hookId);
      if (!found) throw new Refusal('NOT_FOUND');
      const act = { actorId: ctx.caller.id, address: ctx.address };
      await lane.change(hookRemoved, { id: hookId, conversationId, ...act, entryId: newId(now()) });
      const bot = { act, botId: idOf(found.bot_id), ownerId: idOf(found.made_by) };
      await lane.change(botDeleted, { ...bot, erase: false, jobId: newId(now()) }); // should this process die before, its owner still has it among their bots
      jobs.wake();
    }),
});

function hookView(row: HookRow) {
  return {
    id: idOf(row.id),
    conversationId: idOf(row.conversation_id),
    bot: userView(row.bot_id, row),
    madeBy: userView(row.made_by, {
      ...{ username: row.maker_username, name: row.maker_name, bio: row.maker_bio, avatar_id: row.maker_avatar_id },
      ...{ bot: row.maker_bot, created_at: row.maker_created_at, deleted_at: row.maker_deleted_at },
    }),
    createdAt: isoOf(row.hook_created_at),
    works: row.open === 1 && answeredFor(row),
  };
}
