import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** Every reaction to these messages: what an event says of them is counted from here. */
export const reactionsTo = (read: Reader, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('reaction')
        .select(['message_id', 'emoji', 'user_id', 'created_at'])
        .where('message_id', 'in', ids.map(bytesOf))
        .execute();

/** Who reacted to a message, newest first. */
export function reactionPage(read: Reader, messageId: string, beyond: { at: number; emoji: string; userId: string } | null, limit: number) {
  let query = read
    .selectFrom('reaction as r')
    .innerJoin('user as u', 'u.id', 'r.user_id')
    .select([
      'r.user_id',
      'r.emoji',
      'r.created_at',
      'u.username',
      'u.name',
      'u.bio',
      'u.avatar_id',
      'u.bot',
      'u.created_at as user_created_at',
      'u.deleted_at',
    ])
    .where('r.message_id', '=', bytesOf(messageId))
    .orderBy('r.created_at', 'desc')
    .orderBy('r.emoji', 'desc')
    .orderBy('r.user_id', 'desc')
    .limit(limit);
  if (beyond !== null) {
    const { at, emoji, userId } = beyond;
    query = query.where((where) =>
      where.or([
        where('r.created_at', '<', at),
        where.and([where('r.created_at', '=', at), where('r.emoji', '<', emoji)]),
        where.and([where('r.created_at', '=', at), where('r.emoji', '=', emoji), where('r.user_id', '<', bytesOf(userId))]),
      ]),
    );
  }
  return query.execute();
}
