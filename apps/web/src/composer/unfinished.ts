/** What a sign before a word asks for: a person, a room, an emoji. */
export type Sign = '@' | '#' | ':';

export interface Unfinished {
  readonly sign: Sign;
  readonly word: string;
  /** Where the sign stands. */
  readonly from: number;
}

/** A sign at the beginning of a word and what was typed behind it. An emoji needs two letters: a colon ends many sentences. */
const begun = /(?:^|[\s([{])([@#]([\p{L}\p{M}\p{N}_.-]{0,40})|:([a-z0-9_+-]{2,40}))$/iu;
/** The longest word and its sign; nothing before it is looked at. */
const REACH = 48;

/** The word before the caret, where it is one that can be finished (UI16). */
export function unfinishedAt(text: string, caret: number): Unfinished | null {
  const found = begun.exec(text.slice(Math.max(0, caret - REACH), caret));
  const [, whole = '', name, emoji] = found ?? [];
  const sign = whole.charAt(0);
  if (sign !== '@' && sign !== '#' && sign !== ':') return null;
  return { sign, word: name ?? emoji ?? '', from: caret - whole.length };
}
