import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

const shown = ['id', 'username', 'name', 'bio', 'avatar_id', 'bot', 'created_at', 'deleted_at', 'suspended_at', 'owner_id'] as const;

/** The bots of a person, newest first, from before `before` (a bot's id; ids sort by birth). Deleted ones are left out. */
export function botsOf(read: Reader, ownerId: string, before: string | null, limit: number) {
  let query = read
    .selectFrom('user')
    .select(shown)
    .where('owner_id', '=', bytesOf(ownerId))
    .where('deleted_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('id', '<', bytesOf(before));
  return query.execute();
}

export type BotRow = Awaited<ReturnType<typeof botsOf>>[number];

/** That bot, where it belongs to that person and is not deleted. */
export const botOf = (read: Reader, ownerId: string, botId: string): Promise<BotRow | undefined> =>
  read
    .selectFrom('user')
    .select(shown)
    .where('id', '=', bytesOf(botId))
    .where('owner_id', '=', bytesOf(ownerId))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();

/** Tokens of a bot that hold at `now`, newest first, from before `before` (a token's id). */
export function botTokensOf(read: Reader, botId: string, now: number, before: string | null, limit: number) {
  let query = read
    .selectFrom('session')
    .select(['id', 'label', 'scopes', 'created_at', 'expires_at', 'last_seen_at'])
    .where('user_id', '=', bytesOf(botId))
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('id', '<', bytesOf(before));
  return query.execute();
}

export type BotTokenRow = Awaited<ReturnType<typeof botTokensOf>>[number];
