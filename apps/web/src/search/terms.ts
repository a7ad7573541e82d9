/** A letter without its marks, in lower case: ō is found by o. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export interface Run {
  readonly text: string;
  readonly found: boolean;
}

/** The words of a search: those in quotes hold together. */
export const wordsOf = (query: string): string[] =>
  [...query.matchAll(/"([^"]*)"?|([^\s"]+)/gu)].map((each) => folded((each[1] ?? each[2] ?? '').trim())).filter((word) => word !== '');

/** A text as runs, those that begin a word like one of the words looked for set apart. Joined together they are the text, unchanged. */
export function marked(text: string, words: readonly string[]): Run[] {
  const graphemes = [...text.matchAll(/\P{M}\p{M}*/gu)].map((each) => each[0]);
  const plain = graphemes.map((each) => folded(each).slice(0, 1) || each);
  const all = plain.join('');
  const hits = new Array<boolean>(graphemes.length).fill(false);
  for (const word of words) {
    for (let at = all.indexOf(word); at !== -1; at = all.indexOf(word, at + 1)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(all.charAt(at - 1))) hits.fill(true, at, at + word.length);
    }
  }
  if (graphemes.join('') !== text || plain.join('').length !== graphemes.length) return [{ text, found: false }];
  const runs: { text: string; found: boolean }[] = [];
  graphemes.forEach((grapheme, at) => {
    const found = hits[at] === true;
    const last = runs.at(-1);
    if (last?.found === found) last.text += grapheme;
    else runs.push({ text: grapheme, found });
  });
  return runs;
}

const AROUND = 90;

/** What is shown of a long message: the neighbourhood of its first find. */
export function excerpt(text: string, words: readonly string[]): Run[] {
  const runs = marked(text.replace(/\s+/gu, ' '), words);
  const first = runs.findIndex((run) => run.found);
  const before = runs[first - 1];
  if (first < 1 || before === undefined || before.text.length <= AROUND) return runs;
  const cut = before.text.slice(-AROUND).replace(/^\S*\s/u, '');
  return [{ text: `… ${cut}`, found: false }, ...runs.slice(first)];
}

/** What is shown of a message that was found, by its plain words; where those have nothing of it (it stood in a link's address, say) by its text as it was written. */
export function foundIn(text: string, plain: string, words: readonly string[]): Run[] {
  const isFind = (runs: readonly Run[]) => runs.some((run) => run.found);
  const shown = excerpt(plain, words);
  if (text === plain || words.length === 0 || isFind(shown)) return shown;
  const written = excerpt(text, words);
  return isFind(written) ? written : shown;
}
