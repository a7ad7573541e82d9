import { type DatabaseConnection, type Driver, Kysely, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Reader, Tables } from '../orm.ts';
import { ReadingAdapter } from '../prepared.ts';
import type { Side } from './side.ts';

/** The same typed reads as everywhere, asked of a side. There are no transactions: each statement sees what is committed when it begins. */
export function sideReader(side: Side): Reader {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new ReadingAdapter(),
      createDriver: () => driverOf(side),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

function driverOf(side: Side): Driver {
  const never = () => Promise.reject(new Error('The side only reads: changes go through the lane.'));
  const connection: DatabaseConnection = {
    executeQuery: async <R>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) => ({
      rows: (await side.query(sql, parameters)) as R[],
    }),
    streamQuery() {
      throw new Error('The side answers whole pages: read by keyset instead.');
    },
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: never,
    commitTransaction: never,
    rollbackTransaction: never,
    destroy: () => side.close(),
  };
}
