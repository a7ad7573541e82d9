import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** The hooks of a chat, newest first, with their bots, those who made them, and whether the bot is in the chat now. */
export function hooksOf(read: Reader, conversationId: string, before: string | null, limit: number) {
  let query = read
    .selectFrom('hook as h')
    .innerJoin('user as b', 'b.id', 'h.bot_id')
    .innerJoin('user as m', 'm.id', 'h.made_by')
    .leftJoin('span as s', (on) =>
      on.onRef('s.conversation_id', '=', 'h.conversation_id').onRef('s.user_id', '=', 'h.bot_id').on('s.open', '=', 1),
    )
    .select(['h.id', 'h.conversation_id', 'h.bot_id', 'h.made_by', 'h.created_at as hook_created_at', 's.open', 'b.suspended_at'])
    .select(['b.username', 'b.name', 'b.bio', 'b.avatar_id', 'b.bot', 'b.created_at', 'b.deleted_at'])
    .select(['m.username as maker_username', 'm.name as maker_name', 'm.bio as maker_bio', 'm.avatar_id as maker_avatar_id'])
    .select(['m.bot as maker_bot', 'm.created_at as maker_created_at', 'm.deleted_at as maker_deleted_at'])
    .select('m.suspended_at as maker_suspended_at')
    .where('h.conversation_id', '=', bytesOf(conversationId))
    .orderBy('h.id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('h.id', '<', bytesOf(before));
  return query.execute();
}

export type HookRow = Awaited<ReturnType<typeof hooksOf>>[number];

/** What a hook's removal has to know beforehand: whose streams it locks. */
export const hookOf = (read: Reader, conversationId: string, id: string) =>
  read
    .selectFrom('hook')
    .select(['bot_id', 'made_by'])
    .where('id', '=', bytesOf(id))
    .where('conversation_id', '=', bytesOf(conversationId))
    .executeTakeFirst();

/** The hook behind a token, with its chat, its bot's account, and who answers for it. */
export const hookByHash = (read: Reader, tokenHash: Buffer) =>
  read
    .selectFrom('hook as h')
    .innerJoin('user as b', 'b.id', 'h.bot_id')
    .innerJoin('user as m', 'm.id', 'h.made_by')
    .innerJoin('conversation as c', 'c.id', 'h.conversation_id')
    .select(['h.id as hook_id', 'h.conversation_id', 'c.kind', 'b.id', 'b.suspended_at', 'm.suspended_at as maker_suspended_at'])
    .select(['b.username', 'b.name', 'b.bio', 'b.avatar_id', 'b.bot', 'b.created_at', 'b.deleted_at', 'm.deleted_at as maker_deleted_at'])
    .where('h.token_hash', '=', tokenHash)
    .executeTakeFirst();
