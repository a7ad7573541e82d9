import { z } from 'zod';
import { id, instant } from './ids.ts';
import { pageInput } from './page.ts';
import { rawText } from './text.ts';

/** Something begun and not sent. Nobody but its writer ever sees it. */
export const draft = z.object({ conversationId: id, text: z.string(), at: instant });

/** An empty text is no draft. */
export const draftInput = z.strictObject({ conversationId: id, text: rawText });
export const draftsInput = z.strictObject(pageInput);
