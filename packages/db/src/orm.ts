import { Migrator } from '@mikro-orm/migrations';
import { MikroORM as MySql } from '@mikro-orm/mysql';
import type { MikroORM as SqlMikroORM } from '@mikro-orm/sql';
import { MikroORM as Sqlite, SqliteConnection } from '@mikro-orm/sqlite';
import type { Kysely } from 'kysely';
import { entities } from './entities/index.ts';
import { migrations as mysqlMigrations } from './migrations/mysql/index.ts';
import { migrations as sqliteMigrations } from './migrations/sqlite/index.ts';
import { preparing } from './prepared.ts';
import { type DatabaseUrl, tlsOf } from './url.ts';

/** Clustered, generated and search tables whose keys the ORM does not know: see the migrations. */
export const handMade = [/^message$/, /^event$/, /_fts/, /^search_/];

const shared = {
  entities: [...entities],
  extensions: [Migrator],
  schemaGenerator: { skipTables: handMade },
  discovery: { warnWhenNoEntities: false },
};
const migrating = <M>(migrationsList: M[]) => ({
  migrationsList,
  tableName: 'migration',
  snapshot: false,
  transactional: true,
  silent: true,
});

/** Opens the ORM by the URL's scheme. It serves the schema, the migrations and typed reads; every write goes through the lane's engine. */
export async function openOrm(url: DatabaseUrl): Promise<Orm> {
  if (url.dialect === 'sqlite') {
    const orm = await Sqlite.init({ ...shared, dbName: url.path, migrations: migrating([...sqliteMigrations]) });
    for (const pragma of ['journal_mode = wal', 'synchronous = full', 'busy_timeout = 5000'])
      await orm.em.fork().execute(`pragma ${pragma}`);
    return orm;
  }
  const server = {
    clientUrl: url.href,
    dbName: url.name,
    charset: 'utf8mb4',
    collate: 'utf8mb4_bin',
    forceUtcTimezone: true,
    pool: { min: 0, max: 16 },
    driverOptions: tlsOf(url.href), // of a URL the ORM reads user, host and name alone: without this the lane alone would speak TLS
  };
  const options = { ...shared, ...server, migrations: migrating([...mysqlMigrations]) };
  return MySql.init(options);
}

export type Orm = SqlMikroORM;

type TablesOf<K> = K extends Kysely<infer Db> ? Db : never;
const inferred = async () => (await Sqlite.init({ entities: [...entities] })).em.fork().getKysely(); // never called: its type is the point

/** Every table with the types of its columns as they come from the driver, inferred from the entities. */
export type Tables = TablesOf<Awaited<ReturnType<typeof inferred>>>;
export type Reader = Kysely<Tables>;

/** Typed reads over the ORM's own connection or pool. */
export async function readerOf(orm: Orm): Promise<Reader> {
  const connection = orm.em.getConnection();
  return connection instanceof SqliteConnection ? preparing(await connection.getNativeClient()) : orm.em.fork().getKysely<Tables>();
}
