import { type Dialect, eachDatabase, freshDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { bytesOf, newId } from '../ids.ts';
import { handleOf } from '../names.ts';
import { openOrm } from '../orm.ts';
import { parseDatabaseUrl } from '../url.ts';
import { migrations as mysql } from './mysql/index.ts';
import { migrations as sqlite } from './sqlite/index.ts';

interface Old {
  readonly username: string;
  readonly name: string;
  readonly gone?: boolean;
}

/** A database as it was before usernames were kept for ever, with these people in it. Gives their ids. */
async function older(url: string, dialect: Dialect, people: readonly Old[]): Promise<Buffer[]> {
  const orm = await openOrm(parseDatabaseUrl(url));
  try {
    if (dialect === 'mysql') await orm.schema.ensureDatabase();
    const em = orm.em.fork();
    for (const { name, class: Step } of dialect === 'mysql' ? mysql : sqlite) {
      if (name >= 'm0015') break;
      const migration = new Step(orm.em.getDriver() as never, orm.config);
      await migration.up();
      for (const sql of migration.getQueries().map(String)) await em.execute(sql);
    }
    const ids = people.map(() => bytesOf(newId()));
    for (const [i, { username, name, gone }] of people.entries()) {
      const row = [ids[i], username, gone ? null : `${i}@example.nz`, name, 'none', 1, gone ? 2 : null];
      const columns = 'id, username, email, name, password_hash, created_at, deleted_at';
      await em.execute(`insert into \`user\` (${columns}) values (?, ?, ?, ?, ?, ?, ?)`, row as never);
    }
    return ids;
  } finally {
    await orm.close(true);
  }
}

const people: readonly Old[] = [
  { username: 'anahera', name: "Anahera O'Brien; drop table `user`" },
  { username: 'kōrero.1', name: 'Ngāta \\ "Te" Kōrero' },
  { username: 'wiremu', name: '🥝 𝕂𝕠𝕣𝕖 Ｗｉｄｅ' },
  { username: 'wirernu', name: 'Looks like the one before' }, // to the eye the same: one of the two holds the handle
  { username: 'gone-for-good', name: 'Deleted', gone: true },
];

eachDatabase('people of an older database', (dialect: Dialect) => {
  test('U3, E2: their usernames are kept and their names are found, whatever stands in them, also when it is done twice', async () => {
    await using database = await freshDatabase(dialect);
    const ids = await older(database.url, dialect, people);
    for (let start = 0; start < 2; start++) {
      const db = await openDatabase(database.url);
      const handles = await db.read.selectFrom('handle').select(['skeleton_hash', 'user_id']).execute();
      const holder = (username: string) => handles.find((h) => h.skeleton_hash.equals(handleOf(username)))?.user_id;
      expect(holder('anahera')).toEqual(ids[0]);
      expect(holder('kōrero.1')).toEqual(ids[1]);
      expect([ids[2], ids[3]]).toContainEqual(holder('wiremu'));
      expect(handleOf('wirernu'), 'they are one to the eye').toEqual(handleOf('wiremu'));
      expect(holder('gone-for-good')).toBeUndefined();
      expect(handles).toHaveLength(3);
      const words = await db.read.selectFrom('user_word').select(['user_id', 'word']).execute();
      const of = (id: Buffer | undefined) => words.filter((w) => id?.equals(w.user_id)).map((w) => w.word);
      expect(of(ids[0])).toEqual(expect.arrayContaining(['anahera', 'o', 'brien', 'drop', 'table', 'user']));
      expect(of(ids[1])).toEqual(expect.arrayContaining(['ngata', 'te', 'korero']));
      expect(of(ids[2])).toEqual(expect.arrayContaining(['kore', 'wide', 'wiremu']));
      expect(of(ids[4])).toEqual([]);
      expect((await db.read.selectFrom('user').select('id').execute()).length).toBe(people.length);
      await db.close();
    }
  });
});
