/** More than these are a text again. */
const MOST = 6;
const single = /\p{RGI_Emoji}/gv;

/** A message of a few emoji and nothing else is shown big (UI18). */
export function onlyEmoji(text: string): boolean {
  if (text.length === 0 || text.length > 100) return false;
  const found = text.match(single)?.length ?? 0;
  return found > 0 && found <= MOST && text.replace(single, '').trim() === '';
}
