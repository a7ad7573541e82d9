import { handleOf, nameWordsOf } from '../names.ts';

interface Named {
  readonly id: Buffer;
  readonly username: string;
  readonly name: string;
}

/** What a person's names become in the tables that m0015 made, as hexadecimal and words of letters and digits alone. */
export function namesOf(row: unknown): { id: string; handle: string; words: string[] } {
  const { id, username, name } = row as Named; // a row of `user`, selected just now
  return { id: id.toString('hex'), handle: handleOf(username).toString('hex'), words: nameWordsOf(name, username) };
}
