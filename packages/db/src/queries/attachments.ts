import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** The owner under whom the whole instance's use is counted, and the stream whose row is the lock for it. */
export const storeId = '00000000-0000-0000-0000-000000000001';

/**
 * One file with the place of the message that carries it, and whether that reader has hidden the message. Whoever may see it: the
 * caller holds the place against the reader's stays.
 */
export const attachmentById = (read: Reader, id: string, viewerId: string) =>
  read
    .selectFrom('attachment as a')
    .leftJoin('message as m', 'm.id', 'a.message_id')
    .leftJoin('hidden_message as h', (on) => on.onRef('h.message_id', '=', 'm.id').on('h.user_id', '=', bytesOf(viewerId)))
    .select(['a.id', 'a.uploader_id', 'a.purpose', 'a.message_id', 'a.type', 'a.name', 'a.size', 'a.width', 'a.height', 'a.created_at'])
    .select([
      'a.thumbnail_width',
      'a.thumbnail_height',
      'a.thumbnail_size',
      'a.description',
      'a.removed_at',
      'm.conversation_id',
      'm.seq',
      'm.deleted_at',
      'h.hidden_at',
    ])
    .where('a.id', '=', bytesOf(id))
    .executeTakeFirst();

/** The picture of a person who is still here. */
export const avatarOf = (read: Reader, userId: string) =>
  read
    .selectFrom('user as u')
    .innerJoin('attachment as a', 'a.id', 'u.avatar_id')
    .select(['a.id', 'a.type', 'a.name', 'a.size'])
    .where('u.id', '=', bytesOf(userId))
    .where('u.deleted_at', 'is', null)
    .where('a.removed_at', 'is', null)
    .executeTakeFirst();

/** Bytes in use by these owners; who has none is left out. */
export const storageUsed = (read: Reader, ownerIds: readonly string[]) =>
  read.selectFrom('storage_use').select(['owner_id', 'bytes']).where('owner_id', 'in', ownerIds.map(bytesOf)).execute();

/** Files whose bytes must go, oldest first. */
export const removedAttachments = (read: Reader, limit: number) =>
  read.selectFrom('attachment').select('id').where('removed_at', 'is not', null).orderBy('removed_at').limit(limit).execute();

/** Files that were uploaded before `before` and never sent. */
export const unsentAttachments = (read: Reader, before: number, limit: number) =>
  read
    .selectFrom('attachment')
    .select('id')
    .where('message_id', 'is', null)
    .where('purpose', '=', 'message')
    .where('removed_at', 'is', null)
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(limit)
    .execute();

/** Those of these ids that have a row. */
export const knownAttachments = (read: Reader, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : read.selectFrom('attachment').select('id').where('id', 'in', ids.map(bytesOf)).execute();
