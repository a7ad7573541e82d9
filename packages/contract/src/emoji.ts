import { limits } from './limits.ts';

/** The key under which likes are kept beside reactions. */
export const like = 'like';

/** D-like1: exactly one emoji of those recommended for general interchange, or null. Without a needed variation selector it is the same emoji. */
export function emojiOf(raw: string): string | null {
  if (raw.length === 0 || raw.length > limits.reactions.maxLength) return null;
  const text = raw.normalize('NFC');
  if (single.test(text)) return text;
  const bare = text.replaceAll('\uFE0F', '');
  const full = [...bare].map((c) => (needsSelector.test(c) ? `${c}\uFE0F` : c)).join('');
  return [bare, full].find((form) => single.test(form)) ?? null;
}
const single = /^\p{RGI_Emoji}$/v;
/** Shown as text unless a variation selector says otherwise. */
const needsSelector = /[\p{Emoji}--\p{Emoji_Presentation}--\p{Emoji_Modifier}]/v;
