import {
  bot,
  botRef,
  botScope,
  botToken,
  botTokenRef,
  botTokensInput,
  createBotInput,
  createBotTokenInput,
  madeBotToken,
  pageInput,
  pageOf,
  Refusal,
} from '@koreromai/contract';
import { type BotRow, type BotTokenRow, botOf, botsOf, botTokensOf, idOf, newId } from '@koreromai/db';
import { z } from 'zod';
import { actOf } from '../admin/audit.ts';
import { hashToken, newBotToken } from '../auth/tokens.ts';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { authed, limited, router } from '../trpc.ts';
import { lucky } from '../users/names.ts';
import { isoOf, userView } from '../users/view.ts';
import { botDeleted, botMade, tokenMade, tokenRevoked } from './changes.ts';
import { scopesOf } from './scopes.ts';

const ofBot = { id: 'botId' };

/** Accounts that programs write under, and their tokens: their owner's alone to see. What they are called is changed as a person is: `users.update`. */
export const botsRouter = router({
  list: authed
    .meta({ rest: { method: 'GET', path: '/me/bots', summary: 'List my bots' } })
    .use(limited('read'))
    .input(z.strictObject(pageInput))
    .output(pageOf(bot))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `bots ${ctx.caller.id}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (before, count) => botsOf(read, ctx.caller.id, before, count),
        keyOf: (row) => idOf(row.id),
      });
      return { ...page, items: page.items.map(botView) };
    }),

  create: authed
    .meta({ rest: { method: 'POST', path: '/me/bots', summary: 'Make a bot', status: 201 } })
    .use(limited('change'))
    .input(createBotInput)
    .output(bot)
    .mutation(async ({ ctx, input }) => {
      const { lane, read, now } = ctx.services;
      const [id, ownerId] = [newId(now()), ctx.caller.id];
      await lucky(input.username, (username) => lane.change(botMade, { id, ownerId, address: ctx.address, name: input.name, username }));
      return botView(await mine(read, ownerId, id));
    }),

  remove: authed
    .meta({ rest: { method: 'DELETE', path: '/me/bots/{id}', params: ofBot, summary: 'Delete a bot of mine' } })
    .use(limited('change'))
    .input(botRef)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const { lane, jobs, now } = ctx.services;
      await lane.change(botDeleted, { act: actOf(ctx), botId: input.botId, ownerId: ctx.caller.id, erase: false, jobId: newId(now()) });
      jobs.wake();
    }),

  tokens: authed
    .meta({ rest: { method: 'GET', path: '/me/bots/{id}/tokens', params: ofBot, summary: 'List the tokens of a bot of mine' } })
    .use(limited('read'))
    .input(botTokensInput)
    .output(pageOf(botToken))
    .query(async ({ ctx, input }) => {
      const { read, seal, now } = ctx.services;
      await mine(read, ctx.caller.id, input.botId);
      const page = await paged({
        seal,
        list: `bot tokens ${input.botId}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (before, count) => botTokensOf(read, input.botId, now(), before, count),
        keyOf: (row) => idOf(row.id),
      });
      return { ...page, items: page.items.map(tokenView) };
    }),

  createToken: authed
    .meta({
      rest: { method: 'POST', path: '/me/bots/{id}/tokens', params: ofBot, summary: 'Make a token, which is shown this once', status: 201 },
    })
    .use(limited('change'))
    .input(createBotTokenInput)
    .output(madeBotToken)
    .mutation(async ({ ctx, input: { botId, name, scopes: asked, expiresInDays } }) => {
      const { lane, now } = ctx.services;
      const [id, token] = [newId(now()), newBotToken()];
      const scopes = botScope.options.filter((scope) => asked.includes(scope));
      const expiresAt = expiresInDays === undefined ? null : now() + expiresInDays * 86_400_000;
      const whose = { id, botId, ownerId: ctx.caller.id, address: ctx.address };
      const made = { ...whose, tokenHash: hashToken(token), label: name, scopes, expiresAt };
      const { createdAt } = await lane.change(tokenMade, made);
      const dates = { createdAt: isoOf(createdAt), expiresAt: expiresAt === null ? null : isoOf(expiresAt), lastUsedAt: null };
      return { id, name, scopes, ...dates, token };
    }),

  revokeToken: authed
    .meta({
      rest: {
        method: 'DELETE',
        path: '/me/bots/{id}/tokens/{tokenId}',
        params: ofBot,
        summary: 'Revoke a token: whoever uses it is cut off at once',
      },
    })
    .use(limited('change'))
    .input(botTokenRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(tokenRevoked, { ...input, ownerId: ctx.caller.id, address: ctx.address })),
});

/** To all others it does not exist. */
async function mine(read: Services['read'], ownerId: string, botId: string): Promise<BotRow> {
  const row = await botOf(read, ownerId, botId);
  if (!row) throw new Refusal('NOT_FOUND');
  return row;
}

const botView = (row: BotRow) => ({ ...userView(row.id, row), suspended: row.suspended_at !== null });

function tokenView(row: BotTokenRow) {
  const used = Number(row.last_seen_at) >= Number(row.created_at);
  return {
    id: idOf(row.id),
    name: row.label ?? '',
    scopes: [...(scopesOf(row.scopes) ?? [])],
    createdAt: isoOf(row.created_at),
    expiresAt: row.expires_at === null ? null : isoOf(row.expires_at),
    lastUsedAt: used ? isoOf(row.last_seen_at) : null,
  };
}
