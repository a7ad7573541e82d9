import { z } from 'zod';
import { limits } from './limits.ts';

const lengthOf = (text: string) => [...text].length;
/** C0 and C1 controls but newline and tab, and lone surrogates, which no database and no screen can hold. */
const unwanted = /[\p{Cc}\p{Cs}]/gu;

/** W3: control characters out, NFC, trimmed. */
export function normaliseText(raw: string): string {
  return raw
    .replace(/\r\n?/g, '\n')
    .replace(unwanted, (c) => (c === '\n' || c === '\t' ? c : ''))
    .normalize('NFC')
    .trim();
}

/** The text of a message as typed. Bounds are checked after normalising, by `decide`, because each has a code of its own. */
export const rawText = z.string().max(200_000);
export const textFits = (text: string) => lengthOf(text) <= limits.text.maxCodePoints;

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
