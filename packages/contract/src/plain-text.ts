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

export const textFits = (text: string) => lengthOf(text) <= limits.text.maxCodePoints;
