import type { Catalogue, Dictionary } from './catalogue.ts';

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'ë',
  i: 'ï',
  o: 'ö',
  u: 'ü',
  n: 'ñ',
  c: 'ç',
  y: 'ý',
  A: 'Å',
  E: 'É',
  I: 'Î',
  O: 'Ø',
  U: 'Û',
  S: 'Š',
};
const made = new WeakMap<object, object>();

/** Longer than any language of ours, with accents and brackets: what stands outside the brackets is not translated. */
const strange = (text: string): string =>
  text === ''
    ? text
    : `[${text.replace(/[aeiouncyAEIOUS]/gu, (letter) => accents[letter] ?? letter)}${' ~'.repeat(Math.ceil(text.length * 0.15))}]`;

/** The same dictionary, strangely said. */
export function pseudo<Of extends Catalogue[keyof Catalogue]>(english: Of): Of {
  const known = made.get(english);
  if (known !== undefined) return known as Of;
  const said = Object.entries<Dictionary[string]>(english as Dictionary).map(([key, words]) => [
    key,
    typeof words === 'string' ? strange(words) : (...given: never[]) => strange(words(...given)),
  ]);
  const dictionary = Object.fromEntries(said) as Of;
  made.set(english, dictionary);
  return dictionary;
}
