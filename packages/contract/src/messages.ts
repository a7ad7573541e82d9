import { z } from 'zod';
import { attachment } from './attachments.ts';
import { id, instant, seq } from './ids.ts';
import { limits } from './limits.ts';
import { mention } from './mentions.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';
import { reactionCount } from './reactions.ts';
import { rawText, reportReason } from './text.ts';

/** What a reply shows of the message it answers, shortened; `unavailable` when the reader may not see that one (H3). */
export const quote = z.union([
  z.object({ id, seq, author: user, text: z.string().nullable(), deleted: z.boolean() }),
  z.object({ unavailable: z.literal(true) }),
]);
export type Quote = z.infer<typeof quote>;

/**
 * `text` is null in a tombstone (`deleted: true`). `updatedAt` moves with the text only. `reactions` leave out likes.
 * In events, which are the same for everyone, `mine` and `likedByMe` are false: a reader keeps their own.
 */
export const message = z.object({
  id,
  conversationId: id,
  seq,
  author: user,
  text: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  editedAt: instant.nullable(),
  version: z.int(),
  deleted: z.boolean(),
  replyTo: quote.nullable(),
  /** Whom the text names; who may not see the chat is no more than text. */
  mentions: z.array(mention),
  attachments: z.array(attachment),
  reactions: z.array(reactionCount),
  likeCount: z.int(),
  likedByMe: z.boolean(),
  /** Everybody in the chat keeps it at hand. */
  pinned: z.boolean(),
});
export type Message = z.infer<typeof message>;

/** `id` is made by the sender and is the idempotency key: the same id again answers with the first message. */
export const postInput = z.strictObject({
  conversationId: id,
  id: id.optional(),
  text: rawText.default(''),
  replyToId: id.optional(),
  attachmentIds: z.array(id).max(limits.attachments.perMessage).optional(),
});

/** `replayed`: this id was stored before; `message` is the original. */
export const posted = z.object({ message, replayed: z.boolean() });
export type Posted = z.infer<typeof posted>;

export const messagesInput = z.strictObject({ conversationId: id, ...pageInput, order: z.enum(['desc', 'asc']).default('desc') });

export const messageInput = z.strictObject({ messageId: id });

/** `expectedVersion`: refused with VERSION_CONFLICT and the current text when somebody's other device was faster. */
export const editInput = z.strictObject({ messageId: id, text: rawText, expectedVersion: z.int().min(1).optional() });

/** What a message said before: `version` 1 is what was posted. */
export const revision = z.object({ version: z.int(), text: z.string(), at: instant });
export type Revision = z.infer<typeof revision>;
export const revisionsInput = z.strictObject({ messageId: id, ...pageInput });

/** `everyone` leaves a tombstone, `me` changes nothing for anybody else. */
export const deleteInput = z.strictObject({ messageId: id, for: z.enum(['everyone', 'me']).default('everyone') });

export const hiddenInput = z.strictObject({ ...pageInput });

export const reportInput = z.strictObject({
  messageId: id,
  reason: reportReason,
});

export const userMessagesInput = z.strictObject({ userId: id, ...pageInput });
/** To a person rather than to a conversation: the direct chat begins with it where there is none. */
export const userPostInput = z.strictObject({ userId: id, id: id.optional(), text: rawText });
