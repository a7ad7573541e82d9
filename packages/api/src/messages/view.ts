import { type Attachment, like, type Message, type Quote } from '@koreromai/contract';
import { type Eyes, type FileRow, idOf, type MessageRow, parsed, type QuoteRow } from '@koreromai/db';
import { covers } from '@koreromai/realtime';
import { attachmentView } from '../attachments/view.ts';
import { isoOf, userView } from '../users/view.ts';
import { mentionsOf } from './naming.ts';

/**
 * A message as its reader sees it; a tombstone keeps its place and its author, not its text. Without eyes it is the one
 * for everybody's frames, from which the feed takes quotes that a subscriber may not see.
 */
export function messageView(row: MessageRow, eyes: Pick<Eyes, 'ranges' | 'clearedSeq'> | null): Message {
  const deleted = row.deleted_at !== null;
  const author = {
    username: row.username,
    name: row.name,
    bio: row.bio,
    avatar_id: row.author_avatar_id,
    bot: row.author_bot,
    created_at: row.author_created_at,
    deleted_at: row.author_deleted_at,
  };
  const reactions = (parsed(row.reactions) ?? []).toSorted((a, b) => a.first_at - b.first_at || (a.emoji < b.emoji ? -1 : 1));
  const likes = reactions.find((r) => r.emoji === like);
  const quote = parsed(row.quote);
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
    mentions: deleted ? [] : mentionsOf(row.mentions),
    replyTo: deleted || quote === null ? null : quoteView(quote, eyes),
    attachments: deleted ? [] : (parsed(row.files) ?? []).toSorted((a, b) => a.position - b.position).map(fileView),
    reactions: reactions.filter((r) => r.emoji !== like).map((r) => ({ emoji: r.emoji, count: r.count, mine: Boolean(r.mine) })),
    likeCount: likes?.count ?? 0,
    likedByMe: Boolean(likes?.mine),
    pinned: Boolean(Number(row.pinned)),
  };
}

/** H3: what the reader may not see is not quoted to them either. */
function quoteView(row: QuoteRow, eyes: Pick<Eyes, 'ranges' | 'clearedSeq'> | null): Quote {
  const hidden = eyes !== null && (Boolean(row.hidden) || row.seq <= eyes.clearedSeq || !covers(eyes.ranges, row.seq));
  if (hidden) return { unavailable: true };
  const author = {
    username: row.username,
    name: row.name,
    bio: row.bio,
    created_at: row.created_at,
    deleted_at: row.author_deleted_at,
    avatar_id: row.avatar_id ? Buffer.from(row.avatar_id, 'hex') : null,
    bot: row.bot,
  };
  const deleted = Boolean(row.deleted);
  return {
    id: idOf(Buffer.from(row.id, 'hex')),
    seq: row.seq,
    author: userView(Buffer.from(row.author_id, 'hex'), author),
    text: deleted ? null : row.text,
    deleted,
  };
}

function fileView(row: FileRow): Attachment {
  const { thumbnail_width: width, thumbnail_height: height } = row;
  const thumbnail = width === null || height === null ? null : { width, height };
  return attachmentView({ ...row, id: idOf(Buffer.from(row.id, 'hex')), thumbnail }, row.created_at);
}
