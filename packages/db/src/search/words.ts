/** Longer words are known by their beginning alone: the index has no room for more. */
const longest = 40;

/** Marks above and below letters: macrons, accents, Zalgo. Vowel signs of scripts that need them are none of these. */
const marks = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\p{Default_Ignorable_Code_Point}]/gu;
/** The ʻokina and its kin belong to a word wherever they stand, typed apostrophes only between two letters. */
const okina = /[\u02b9-\u02bf]/gu;
const apostrophe = /(?<=[\p{L}\p{N}])['‘’`](?=[\p{L}\p{N}])/gu;

/** Scripts that write no spaces: there each letter is a word, and what was typed together is looked for side by side. */
const words =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]\p{M}*|[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]]+|\p{Extended_Pictographic}/gv;

/**
 * The words of a text in its order, as they are compared: without macrons and accents, in lower case, an emoji a word of its own.
 * Messages and questions go through the same function, so that every database finds the same. Linear in the text's length.
 */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(marks, '').replace(okina, '').replace(apostrophe, '').toLowerCase().replaceAll('ς', 'σ');
  return (folded.match(words) ?? []).map((word) => (word.length <= longest ? word : [...word].slice(0, longest).join('')));
}
