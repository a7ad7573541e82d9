import { z } from 'zod';
import { id, instant } from './ids.ts';
import { limits } from './limits.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';
import { displayName } from './text.ts';
import { username } from './username.ts';

/** What a bot's token is good for: to look, to write and send files, to change things as any member may. Each by itself: `post` does not read. */
export const botScope = z.enum(['read', 'post', 'manage']);
export type BotScope = z.infer<typeof botScope>;

/** A bot as its owner sees it. `suspended`: an admin shut it out; the owner's own suspension shuts out all of theirs. */
export const bot = user.extend({ suspended: z.boolean() });
export type Bot = z.infer<typeof bot>;

export const createBotInput = z.strictObject({ name: displayName, username: username.optional() });
export const botRef = z.strictObject({ botId: id });

/** A token of a bot, without the token itself: that was shown once. */
export const botToken = z.object({
  id,
  name: z.string(),
  scopes: z.array(botScope),
  createdAt: instant,
  expiresAt: instant.nullable(),
  /** To the minute; null: never. */
  lastUsedAt: instant.nullable(),
});
export type BotToken = z.infer<typeof botToken>;

/** `expiresInDays`: without it the token works until it is revoked. */
export const createBotTokenInput = z.strictObject({
  botId: id,
  name: displayName,
  scopes: z.array(botScope).min(1, 'must name a scope').max(botScope.options.length),
  expiresInDays: z.int().min(1).max(limits.bots.tokenDays).optional(),
});
/** `token` is told here and nowhere else, ever. */
export const madeBotToken = botToken.extend({ token: z.string() });
export const botTokensInput = z.strictObject({ botId: id, ...pageInput });
export const botTokenRef = z.strictObject({ botId: id, tokenId: id });
