import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Reader, Tables } from './orm.ts';

/**
 * Of statements that each stand for themselves. Kysely lets one at a time at what has a single connection, and wakes all that wait for
 * each: two hundred that ask in one turn are woken twenty thousand times. Ours are asked of SQLite at once and answered before it returns,
 * and nobody begins a transaction where only reading is done.
 */
export class ReadingAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Different statements that are kept prepared: lists of ids make endless kinds. */
const mostPrepared = 500;

/** Reads over a connection in this thread. Kysely prepares every statement anew, which takes longer than most of ours run. */
export function preparing(native: Pick<SqliteDatabase, 'prepare'>): Reader {
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  const prepare = (text: string) => {
    let found = prepared.get(text);
    if (!found) {
      if (prepared.size >= mostPrepared) prepared.clear();
      prepared.set(text, (found = native.prepare(text)));
    }
    return found;
  };
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new ReadingAdapter(),
      createDriver: () => new SqliteDriver({ database: { prepare, close: () => {} } }), // the ORM closes what it opened
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}
