import { z } from 'zod';
import { id, instant } from './ids.ts';
import { limits } from './limits.ts';
import { lengthOf, normaliseText } from './plain-text.ts';

/** A picture or a video. Sizes are known before the bytes come, so that nothing on the screen jumps. URLs are paths of this server. */
export const attachment = z.object({
  id,
  name: z.string(),
  /** The sniffed type, e.g. `image/webp`. */
  type: z.string(),
  /** Bytes. */
  size: z.int(),
  /** Pixels; null where the file does not tell. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  url: z.string(),
  thumbnail: z.object({ url: z.string(), width: z.int(), height: z.int() }).nullable(),
  /** What is to be seen in it, in words, for those who do not see it; null where nobody wrote any. */
  description: z.string().nullable(),
  createdAt: instant,
});
export type Attachment = z.infer<typeof attachment>;

/** What a file shows, in words. Empty: none. */
export const fileDescription = z
  .string()
  .max(10_000)
  .transform(normaliseText)
  .refine(
    (text) => lengthOf(text) <= limits.attachments.descriptionCodePoints,
    `must be at most ${limits.attachments.descriptionCodePoints} characters`,
  );

export const describeInput = z.strictObject({ attachmentId: id, description: fileDescription });
