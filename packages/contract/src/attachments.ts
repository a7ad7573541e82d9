import { z } from 'zod';
import { id, instant } from './ids.ts';

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
  createdAt: instant,
});
export type Attachment = z.infer<typeof attachment>;
