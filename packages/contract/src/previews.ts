import { z } from 'zod';
import { id } from './ids.ts';
import { pageInput } from './page.ts';

/** What the page behind a link in a message says of itself: plain text, cleaned and bounded, and still the words of strangers. */
export const preview = z.object({
  url: z.string(),
  title: z.string(),
  description: z.string(),
  site: z.string(),
  /** Ours, drawn anew from theirs: nobody who reads the message asks the page. */
  image: z.object({ url: z.string(), width: z.int(), height: z.int() }).nullable(),
});
export type Preview = z.infer<typeof preview>;

export const previewsInput = z.strictObject({ messageId: id, ...pageInput });
