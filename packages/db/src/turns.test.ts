import { setTimeout } from 'node:timers/promises';
import { eventually, freshDatabase, onMySql } from '@koreromai/testing';
import { createConnection } from 'mysql2/promise';
import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';

/** A connection to a database on which nobody else is, with a table of its own. */
async function stranger(url: string) {
  const connection = await createConnection(url);
  return Object.assign(connection, { [Symbol.asyncDispose]: () => connection.end() });
}

onMySql('who starts while others are at work', () => {
  test('a node comes up beside others that never cease to write', async () => {
    await using database = await freshDatabase('mysql');
    await (await database.open()).close();
    const writers = await Promise.all(Array.from({ length: 20 }, () => stranger(database.url)));
    await writers[0]?.query('create table busy (n double)');
    let going = true;
    const work = writers.map(async (connection) => {
      while (going) await connection.query('insert into busy select sleep(0.05)');
    });
    try {
      const opened = await Promise.race([openDatabase(database.url), setTimeout(30_000, null, { ref: false })]);
      expect(opened, 'it is up').not.toBeNull();
      await opened?.close();
    } finally {
      going = false;
      await Promise.all(work);
      await Promise.all(writers.map((connection) => connection.end()));
    }
  });

  test('what a killed process left running is waited for to its end', async () => {
    await using database = await freshDatabase('mysql');
    await (await database.open()).close();
    await using left = await stranger(database.url);
    await left.query('create table slow (n double)');
    let ended = false;
    const statement = left.query('insert into slow select sleep(4)').then(() => {
      ended = true;
    });
    await using other = await stranger(database.url);
    const runs = async () => JSON.stringify((await other.query('show processlist'))[0]).includes('sleep(4)');
    await eventually('it runs', runs);
    const db = await openDatabase(database.url);
    expect(ended).toBe(true);
    await db.close();
    await statement;
  });

  test('who waited too long for its turn says so, and the next one gets it', async () => {
    await using database = await freshDatabase('mysql');
    await using other = await stranger(database.url.replace(/\/[^/]+$/, ''));
    await other.query('select get_lock(?, 0)', [`koreromai ${new URL(database.url).pathname.slice(1)}`]);
    await expect(openDatabase(database.url, { turnWithin: 0 })).rejects.toThrow(
      /Another KoreroMai process has been bringing test_\w+ up to date/,
    );
    await other.query('select release_all_locks()');
    await (await openDatabase(database.url, { turnWithin: 0 })).close();
  });
});
