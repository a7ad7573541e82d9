import { limits } from './limits.ts';

/** In code points. */
export const lengthOf = (text: string) => [...text].length;
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

/** A text of no more units has no more code points: nearly all need not be taken apart. */
export const textFits = (text: string) => text.length <= limits.text.maxCodePoints || lengthOf(text) <= limits.text.maxCodePoints;
