import { eachDatabase, freshDatabase, onMySql } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { migrations } from '../migrations/mysql/index.ts';
import { openOrm } from '../orm.ts';
import { parseDatabaseUrl } from '../url.ts';
import { PlaceUnfit } from './place.ts';
import { openTarget } from './target.ts';

const last = migrations.at(-1)?.name ?? '';
const inFirst = 'user session conversation span member_state invitation stream log_head event message counter'.split(' ');

const fill = async (url: string) => (await openTarget(url, last)).close();

onMySql('a place to be filled', () => {
  /** What a first migration leaves that is killed when it has made so many of its tables. */
  async function cutOff(made: number) {
    const database = await freshDatabase('mysql');
    const db = await database.open();
    const run = (sql: string) => db.orm.em.fork().execute(sql);
    const kept = new Set(['migration', ...inFirst.slice(0, made)]);
    const tables = (await run('select table_name as name from information_schema.tables where table_schema = database()')) as unknown as {
      name: string;
    }[];
    for (const { name } of tables) if (!kept.has(name)) await run(`drop table \`${name}\``);
    for (const name of kept) if (name !== 'log_head') await run(`delete from \`${name}\``);
    return { database, db, run };
  }
  test('tables that a first migration had made when it was cut off are taken away, at whichever of them', async () => {
    for (let made = 0; made <= inFirst.length; made++) {
      const { database, db } = await cutOff(made);
      await db.close();
      expect([made, await fill(database.url).catch((error) => error)]).toEqual([made, undefined]);
      await database[Symbol.asyncDispose]();
    }
  });

  test.each([
    [
      'somebody has an account',
      "insert into user (id, username, name, password_hash, created_at) values (random_bytes(16), 'a', 'A', '', 0)",
    ],
    ['a stream is written to', 'insert into stream (id) values (random_bytes(16))'],
    ['a table is not ours', 'create table invoice (id int)'],
    ['a migration is written down', "insert into migration (name) values ('m0001')"],
    ['there is no word of migrations', 'drop table migration'],
  ])('nothing is taken away where %s', async (_, sql) => {
    const { database, db, run } = await cutOff(inFirst.length);
    await run(sql);
    const before = await run('show tables');
    expect(await fill(database.url).catch((error) => error)).toBeInstanceOf(PlaceUnfit);
    expect(await run('show tables')).toEqual(before);
    await db.close();
    await database[Symbol.asyncDispose]();
  });
});

eachDatabase('a place whose filling did not end', (dialect) => {
  test('it is emptied, and left as it is where a table in it is not ours', async () => {
    await using database = await freshDatabase(dialect);
    await (await database.open()).close();
    const run = async (...statements: string[]) => {
      const orm = await openOrm(parseDatabaseUrl(database.url));
      for (const sql of statements) await orm.em.fork().execute(sql);
      await orm.close(true);
    };
    await run('delete from instance', 'create table invoice (id int)');
    expect(await fill(database.url).catch((error) => error)).toBeInstanceOf(PlaceUnfit);
    await run('drop table invoice');
    await fill(database.url);
  });
});
