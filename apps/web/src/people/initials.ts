export const HUES = 10;

/** First letters of the first and the last word, by grapheme: an emoji or a letter with a macron stays whole. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  if (first === undefined) return '?';
  return `${letterOf(first)}${last === undefined ? '' : letterOf(last)}`.toLocaleUpperCase();
}

function letterOf(word: string): string {
  for (const part of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)) return part.segment;
  return '';
}

/** The same id has the same colour on every screen and machine. FNV-1a spreads ids that differ in one digit. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES;
}
