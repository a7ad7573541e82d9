import { z } from 'zod';
import { id, seq } from './ids.ts';
import { pageInput, pageOf } from './page.ts';
import { user } from './people.ts';

export const readsInput = z.strictObject({ conversationId: id, ...pageInput });
/** N2: how far somebody has read, by their mark. What they wrote themselves they have read as well. */
export const readMark = z.object({ user, lastReadSeq: seq });
export const readMarks = pageOf(readMark);

/**
 * What a person decided for themselves. `receipts` off: they neither send read receipts nor see any. `mails`: letters about chats while they
 * were away, with counts and names, with the texts too, or none; each chat's own level counts besides.
 */
export const preferences = z.object({ receipts: z.boolean(), mails: z.enum(['none', 'counts', 'texts']) });
export type Preferences = z.infer<typeof preferences>;
/** At least one of them. */
export const preferencesInput = z
  .strictObject(preferences.partial().shape)
  .refine((given) => Object.values(given).some((v) => v !== undefined), {
    error: 'must say what to change',
  });
