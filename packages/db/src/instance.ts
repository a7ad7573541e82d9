import type { Reader } from './orm.ts';

/** The database can be reached, but must not be used: why and what to do, in one sentence. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/** Throws DatabaseUnusable where the contents are in another database, or not all here. */
export async function instanceOf(read: Reader) {
  const row = await read.selectFrom('instance').select(['secret', 'epoch', 'moved_to', 'moved_at']).where('id', '=', 1).executeTakeFirst();
  if (!row)
    throw new DatabaseUnusable(
      'This database is not whole: a restore or a move into it has not ended. Run that again to its end, or name another database.',
    );
  if (row.moved_to === null) return row;
  const day = new Date(Number(row.moved_at)).toISOString().slice(0, 10);
  throw new DatabaseUnusable(`Everything in this database was moved to ${row.moved_to} on ${day}: set DATABASE_URL to that one.`);
}
