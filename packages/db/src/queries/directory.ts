import { sql } from 'kysely';
import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { ownColumns } from './people.ts';

export interface DirectoryPage {
  /** As `nameWordsOf` gives them; none lists everyone. */
  readonly words: readonly string[];
  /** Null: everyone; else only that person's contacts. */
  readonly contactsOf: string | null;
  /** The last id of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** Living people by id, whose names have words that begin with all of these. The longest word is looked up, the others are tried on what it found. */
export function directoryPage(read: Reader, { words, contactsOf, after, limit }: DirectoryPage) {
  const [first, ...others] = [...words].sort((a, b) => b.length - a.length);
  let ids = (
    first === undefined
      ? read.selectFrom('user as u')
      : read
          .selectFrom(
            // Distinct, so that it is made first: the other way round would look at every person there is.
            read.selectFrom('user_word').select('user_id').distinct().where('word', '>=', first).where('word', '<', beyond(first)).as('w'),
          )
          .innerJoin('user as u', 'u.id', 'w.user_id')
  )
    .select('u.id')
    .where('u.deleted_at', 'is', null)
    .where('u.suspended_at', 'is', null);
  for (const word of others)
    ids = ids.where(
      sql<boolean>`exists (select 1 from user_word as v where v.user_id = u.id and v.word >= ${word} and v.word < ${beyond(word)})`,
    );
  if (contactsOf !== null) {
    ids = ids.where(
      'u.id',
      'in',
      read.selectFrom('contact').select('other_id').where('user_id', '=', bytesOf(contactsOf)).where('state', '=', 'accepted'),
    );
  }
  if (after !== null) ids = ids.where('u.id', '>', bytesOf(after));
  const page = ids.orderBy('u.id').limit(limit).as('page');
  return read.selectFrom(page).innerJoin('user', 'user.id', 'page.id').select(ownColumns).orderBy('user.id').execute();
}

/** Above every word that begins with this one. */
const beyond = (word: string): string => `${word}\u{10ffff}`;
