import { wordsOf } from './words.ts';

/** Words that stand side by side, mostly a single one; of the last one only the beginning was typed when `prefix` is true. */
export interface Term {
  readonly words: readonly string[];
  readonly prefix: boolean;
}

/** A shorter beginning would mean nearly every word there is: "te" is the word "te". */
const shortestPrefix = 3;

/**
 * What a person typed, read as words that must all be there. `"Quotes"` hold words together, and so does anything typed
 * without spaces (kia-ora); nothing else has a meaning. The last word may be unfinished, unless it was quoted.
 */
export function termsOf(query: string): Term[] {
  const parts = query.split(/["“”„]/u).flatMap((part, i) => (i % 2 === 1 ? [{ part, quoted: true }] : pieces(part)));
  const last = parts.at(-1);
  return parts.flatMap(({ part, quoted }, i) => {
    const words = wordsOf(part);
    const end = words.at(-1);
    if (end === undefined) return [];
    return [{ words, prefix: !quoted && parts[i] === last && [...end].length >= shortestPrefix }];
  });
}

const pieces = (part: string) =>
  part
    .split(/\s+/u)
    .filter((piece) => wordsOf(piece).length > 0)
    .map((piece) => ({ part: piece, quoted: false }));

/** Whether this text has all of them: the last word about a match, whatever an index says. */
export function matches(terms: readonly Term[], text: string): boolean {
  const words = wordsOf(text);
  return terms.every((term) => words.some((_, at) => standsAt(words, at, term)));
}

function standsAt(words: readonly string[], at: number, { words: wanted, prefix }: Term): boolean {
  return wanted.every((word, i) => {
    const here = words[at + i];
    return prefix && i === wanted.length - 1 ? here?.startsWith(word) : here === word;
  });
}
