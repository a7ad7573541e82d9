import { openOrm } from '../orm.ts';
import { parseDatabaseUrl } from '../url.ts';
import { migrations as mysql } from './mysql/index.ts';
import { migrations as sqlite } from './sqlite/index.ts';

/**
 * Makes a database as it was behind the migration `until`, for trying upgrades: its schema, and the note of what has run there.
 * `early` are tables that a later migration makes: they are there already, as if it had been killed behind them.
 */
export async function makeOlder(rawUrl: string, until: string, early: readonly string[] = []): Promise<void> {
  const url = parseDatabaseUrl(rawUrl);
  const orm = await openOrm(url);
  try {
    if (url.dialect === 'mysql') await orm.schema.ensureDatabase();
    await orm.migrator.up({ to: until });
    const em = orm.em.fork();
    for (const { name, class: Step } of url.dialect === 'mysql' ? mysql : sqlite) {
      if (name <= until) continue;
      const migration = new Step(orm.em.getDriver() as never, orm.config);
      await migration.up();
      for (const sql of migration.getQueries().map(String))
        if (early.some((table) => sql.startsWith(`create table if not exists \`${table}\``))) await em.execute(sql);
    }
  } finally {
    await orm.close(true);
  }
}

/** What one migration took, in milliseconds. */
export interface Taken {
  readonly name: string;
  readonly ms: number;
  readonly longest: { readonly ms: number; readonly sql: string };
}

/** Brings a database up to date as a start does, and says what each migration and its longest statement took. */
export async function timeUpgrade(rawUrl: string): Promise<Taken[]> {
  const orm = await openOrm(parseDatabaseUrl(rawUrl));
  const taken: Taken[] = [];
  let began = 0;
  let longest = { ms: 0, sql: '' };
  const connection = orm.em.getConnection();
  const execute = connection.execute.bind(connection);
  connection.execute = async (sql: never, ...rest: never[]) => {
    const start = performance.now();
    const result = await execute(sql, ...(rest as []));
    const ms = performance.now() - start;
    if (ms > longest.ms) longest = { ms, sql: String(typeof sql === 'string' ? sql : (sql as { sql: string }).sql) };
    return result as never;
  };
  orm.migrator.on('migrating', () => {
    began = performance.now();
    longest = { ms: 0, sql: '' };
  });
  orm.migrator.on('migrated', ({ name }) => void taken.push({ name, ms: performance.now() - began, longest }));
  try {
    await orm.migrator.up();
    return taken;
  } finally {
    await orm.close(true);
  }
}
