import { Refusal } from '@koreromai/contract';
import { attachmentById, avatarOf, idOf, type Reader, standingIn } from '@koreromai/db';
import { covers } from '@koreromai/realtime';
import { originalKey, thumbnailKey } from './storage/storage.ts';

/** What a byte route may give to this reader now. */
export interface Readable {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly size: number;
}

/**
 * A file for one reader, through the message that carries it (H1), asked anew at every request: one not yet sent is its
 * uploader's alone, one that is deleted is nobody's. Throws NOT_FOUND, whatever the reason; CONVERSATION_CLOSED to those who could see it.
 */
export async function openAttachment(read: Reader, callerId: string, id: string, part: 'original' | 'thumbnail'): Promise<Readable> {
  const row = await attachmentById(read, id, callerId);
  if (row?.purpose !== 'message' || row.removed_at !== null || row.deleted_at !== null) throw new Refusal('NOT_FOUND');
  const sent = row.message_id !== null;
  if (!sent && idOf(row.uploader_id) !== callerId) throw new Refusal('NOT_FOUND');
  if (sent) {
    if (row.conversation_id === null || row.seq === null || row.hidden_at !== null) throw new Refusal('NOT_FOUND');
    const seq = Number(row.seq);
    const standing = await standingIn(read, callerId, idOf(row.conversation_id));
    if (!standing || standing.barred || !covers(standing.ranges, seq) || seq <= standing.clearedSeq) throw new Refusal('NOT_FOUND');
    if (standing.closedAt !== null) throw new Refusal('CONVERSATION_CLOSED');
  }
  if (part === 'original') return { key: originalKey(id), type: row.type, name: row.name, size: Number(row.size) };
  if (row.thumbnail_size === null) throw new Refusal('NOT_FOUND');
  const name = row.name.replace(/\.[^.]*$/, '.webp');
  return { key: thumbnailKey(id), type: 'image/webp', name, size: row.thumbnail_size };
}

/** A person's picture. Throws NOT_FOUND where there is none. */
export async function openAvatar(read: Reader, userId: string): Promise<Readable> {
  const row = await avatarOf(read, userId);
  if (!row) throw new Refusal('NOT_FOUND');
  return { key: originalKey(idOf(row.id)), type: row.type, name: row.name, size: Number(row.size) };
}
