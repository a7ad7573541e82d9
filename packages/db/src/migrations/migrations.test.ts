import { type Dialect, eachDatabase, freshDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { openOrm } from '../orm.ts';
import { parseDatabaseUrl } from '../url.ts';
import { migrations as mysql } from './mysql/index.ts';
import { migrations as sqlite } from './sqlite/index.ts';

/** What the entities would still change in the database. */
async function drift(url: string): Promise<string> {
  const db = await openDatabase(url);
  try {
    const sql = await db.orm.schema.getUpdateSchemaSQL({ wrap: false });
    return sql.replace(/^set names .*$/gim, '').trim();
  } finally {
    await db.close();
  }
}

/** Runs the first `n` statements of all migrations by hand, as if the process had been killed behind them. Gives how many there are. */
async function killedAfter(url: string, dialect: Dialect, n: number): Promise<number> {
  const orm = await openOrm(parseDatabaseUrl(url));
  try {
    if (dialect === 'mysql') await orm.schema.ensureDatabase();
    const em = orm.em.fork();
    let done = 0;
    for (const { class: Step } of dialect === 'mysql' ? mysql : sqlite) {
      const migration = new Step(orm.em.getDriver() as never, orm.config);
      await migration.up();
      for (const sql of migration.getQueries().map(String)) if (done++ < n) await em.execute(sql);
    }
    return done;
  } finally {
    await orm.close(true);
  }
}

eachDatabase('migrations', (dialect: Dialect) => {
  test('an empty database ends at the entities’ schema, and a second run changes nothing', async () => {
    await using database = await freshDatabase(dialect);
    expect(await drift(database.url)).toBe('');
    const first = await openDatabase(database.url);
    const { secret } = first;
    await first.close();
    const second = await openDatabase(database.url);
    expect(second.secret).toEqual(secret);
    expect(secret).toHaveLength(16);
    await second.close();
    expect(await drift(database.url)).toBe('');
  });

  test('G15: a migration killed behind any of its statements resumes at the next start', async () => {
    let kills = 0;
    for (let n = 1, total = 2; n < total; n += dialect === 'mysql' ? 8 : 9) {
      await using database = await freshDatabase(dialect);
      total = await killedAfter(database.url, dialect, n);
      expect(await drift(database.url), `killed after ${n} of ${total}`).toBe('');
      kills++;
    }
    process.stdout.write(`migrations [${dialect}]: killed at ${kills} places\n`);
    expect(kills).toBeGreaterThan(3);
  });

  test('two processes that start at once on one empty database both come up', async () => {
    await using database = await freshDatabase(dialect);
    const both = await Promise.allSettled([database.open(), database.open()]);
    const up = both.flatMap((b) => (b.status === 'fulfilled' ? [b.value] : []));
    for (const db of up) await db.close();
    expect(up).toHaveLength(dialect === 'mysql' ? 2 : 1); // one process owns an SQLite file
    expect(await drift(database.url)).toBe('');
  });
});
