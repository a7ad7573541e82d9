import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { messageRows } from './messages.ts';
import { type Eyes, visible } from './visible.ts';

export interface PinPage extends Eyes {
  readonly conversationId: string;
  readonly beyond: { readonly at: number; readonly id: string } | null;
  readonly limit: number;
}

/** What is pinned in a conversation, the newest pin first, as one reader may see it (H3). */
export function pinPage(read: Reader, { conversationId, beyond, limit, ...eyes }: PinPage) {
  let query = messageRows(read, eyes.viewerId)
    .innerJoin('pin as p', 'p.message_id', 'm.id')
    .innerJoin('user as k', 'k.id', 'p.pinned_by')
    .select(['p.pinned_at', 'p.pinned_by', 'k.username as pinner_username', 'k.name as pinner_name', 'k.bio as pinner_bio'])
    .select([
      'k.avatar_id as pinner_avatar_id',
      'k.bot as pinner_bot',
      'k.created_at as pinner_created_at',
      'k.deleted_at as pinner_deleted_at',
    ])
    .where('p.conversation_id', '=', bytesOf(conversationId))
    .where(visible('m', eyes))
    .orderBy('p.pinned_at', 'desc')
    .orderBy('p.message_id', 'desc')
    .limit(limit);
  if (beyond !== null) {
    query = query.where((where) =>
      where.or([
        where('p.pinned_at', '<', beyond.at),
        where.and([where('p.pinned_at', '=', beyond.at), where('p.message_id', '<', bytesOf(beyond.id))]),
      ]),
    );
  }
  return query.execute();
}
