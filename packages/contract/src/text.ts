import { z } from 'zod';
import { limits } from './limits.ts';
import { lengthOf, normaliseText } from './plain-text.ts';

/** The text of a message as typed. Bounds are checked after normalising, by `decide`, because each has a code of its own. */
export const rawText = z.string().max(200_000);

/** C9: a name people read: NFC, one line, inner spaces collapsed, 1–80 characters. */
export const displayName = z
  .string()
  .max(1_000)
  .transform((raw) =>
    normaliseText(raw)
      .replace(/[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu, '')
      .replace(/\s+/gu, ' ')
      .trim(),
  )
  .refine((name) => name.length > 0, 'must not be empty')
  .refine((name) => lengthOf(name) <= limits.name.maxCodePoints, `must be at most ${limits.name.maxCodePoints} characters`);

/** Why the moderators should look at something. */
export const reportReason = z.string().trim().min(1, 'must not be empty').max(limits.report.maxLength);
