import { z } from 'zod';
import { id, seq } from './ids.ts';
import { pageInput, pageOf } from './page.ts';
import { user } from './people.ts';

export const readsInput = z.strictObject({ conversationId: id, ...pageInput });
/** N2: how far somebody has read, by their mark. What they wrote themselves they have read as well. */
export const readMark = z.object({ user, lastReadSeq: seq });
export const readMarks = pageOf(readMark);

/** What a person decided for themselves. `receipts` off: they neither send read receipts nor see any. */
export const preferences = z.object({ receipts: z.boolean() });
export const preferencesInput = z.strictObject({ receipts: z.boolean() });
