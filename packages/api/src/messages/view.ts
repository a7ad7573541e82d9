import type { Message } from '@koreromai/contract';
import { idOf, type MessageRow } from '@koreromai/db';
import { isoOf, userView } from '../users/view.ts';

/** A message as everyone who may see it sees it; a tombstone keeps its place and its author, not its text. */
export function messageView(row: MessageRow): Message {
  const deleted = row.deleted_at !== null;
  const author = {
    username: row.username,
    name: row.name,
    bio: row.bio,
    avatar_id: row.author_avatar_id,
    created_at: row.author_created_at,
    deleted_at: row.author_deleted_at,
  };
  return {
    id: idOf(row.id),
    conversationId: idOf(row.conversation_id),
    seq: Number(row.seq),
    author: userView(row.author_id, author),
    text: deleted ? null : row.text,
    createdAt: isoOf(row.created_at),
    updatedAt: isoOf(row.updated_at),
    editedAt: row.edited_at === null ? null : isoOf(row.edited_at),
    version: row.version,
    deleted,
  };
}
