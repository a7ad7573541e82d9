import { z } from 'zod';
import { id, instant, seq } from './ids.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';
import { rawText } from './text.ts';

/** `text` is null in a tombstone (`deleted: true`). `updatedAt` moves with the text only. */
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
});
export type Message = z.infer<typeof message>;

/** `id` is made by the sender and is the idempotency key: the same id again answers with the first message. */
export const postInput = z.strictObject({ conversationId: id, id: id.optional(), text: rawText });

/** `replayed`: this id was stored before; `message` is the original. */
export const posted = z.object({ message, replayed: z.boolean() });
export type Posted = z.infer<typeof posted>;

export const messagesInput = z.strictObject({ conversationId: id, ...pageInput, order: z.enum(['desc', 'asc']).default('desc') });
