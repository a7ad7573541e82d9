import { type Dialect, eachDatabase, freshDatabase } from '@koreromai/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openSide } from './side.ts';

eachDatabase('reading at the side', (dialect: Dialect) => {
  test('sees what was committed before it was asked, with the same values as the main reader', async () => {
    await using database = await freshDatabase(dialect);
    const db = await database.open();
    const engine = db.engine();
    const id = Buffer.alloc(16, 7);
    for (let i = 0; i < 3; i++) {
      await engine.begin([], []);
      const columns = ['name', 'value', 'updated_at', 'updated_by'];
      const rows = [[`setting ${i}`, 'Kōrero', 2 ** 52 + i, i === 0 ? null : id]];
      await engine.commit([{ do: 'insert', table: 'setting', columns, rows, onDuplicate: 'fail' }], [], []);
      const seen = await db.side.selectFrom('setting').selectAll().orderBy('name').execute();
      expect(seen).toHaveLength(i + 1);
      expect(seen).toEqual(await db.read.selectFrom('setting').selectAll().orderBy('name').execute());
    }
    const [found] = await db.side.selectFrom('setting').selectAll().where('updated_by', '=', id).limit(1).execute();
    expect(found?.updated_by).toBeInstanceOf(Buffer);
    await engine.close();
    await db.close();
  });

  test('a refused statement rejects with the driver’s words and spoils nothing', async () => {
    await using database = await freshDatabase(dialect);
    const db = await database.open();
    const wrong = sql`select * from nowhere`.execute(db.side);
    const right = sql<{ one: number }>`select 1 as one`.execute(db.side);
    await expect(wrong).rejects.toThrow(/nowhere/);
    expect((await right).rows).toEqual([{ one: 1 }]);
    await db.close();
  });
});

test('the side of an SQLite file cannot write', async () => {
  await using database = await freshDatabase('sqlite');
  const db = await database.open();
  const insert = db.side.insertInto('setting').values({ name: 'x', value: 'y', updated_at: 1 });
  await expect(insert.execute()).rejects.toThrow();
  await expect(insert.returningAll().execute()).rejects.toThrow(/readonly/);
  await expect(db.side.transaction().execute(async () => {})).rejects.toThrow(/only reads/);
  expect(await db.read.selectFrom('setting').selectAll().execute()).toEqual([]);
  await db.close();
});

/** A statement that keeps the database busy for `n` steps and touches no table. */
const long = (n: number) => sql`with recursive t(n) as (select 1 union all select n + 1 from t where n < ${n}) select count(*) as n from t`;

test('architecture §3: a long read at the side does not hold the main thread', async () => {
  await using database = await freshDatabase('sqlite');
  const db = await database.open();
  await long(1).execute(db.side); // the thread stands
  const heldBy = async (read: typeof db.read) => {
    let [worst, last] = [0, performance.now()];
    const look = () => {
      worst = Math.max(worst, performance.now() - last);
      last = performance.now();
    };
    const looking = setInterval(look, 1);
    await long(3_000_000).execute(read);
    look();
    clearInterval(looking);
    return worst;
  };
  const [main, side] = [await heldBy(db.read), await heldBy(db.side)];
  process.stdout.write(
    `side: the main thread stood ${main.toFixed(0)} ms for a read of its own, ${side.toFixed(0)} ms for one at the side\n`,
  );
  expect(main).toBeGreaterThan(100); // or the statement was too short to mean anything
  expect(side).toBeLessThan(main / 4);
  await db.close();
});

test('what waits when the side closes is rejected, and so is what comes after', async () => {
  await using database = await freshDatabase('sqlite');
  const db = await database.open();
  const side = openSide(database.url.slice('sqlite:'.length));
  const { sql: text, parameters } = long(2_000_000).compile(db.read);
  const waiting = side.query(text, parameters).catch((error: unknown) => String(error));
  await side.close();
  expect(await waiting).toMatch(/ended/);
  await expect(side.query('select 1', [])).rejects.toThrow(/closed/);
  await db.close();
});

test('a thread that dies takes its question along, and the next one gets a new thread', async () => {
  const side = openSide('/nowhere/at/all.db');
  await expect(side.query('select 1', [])).rejects.toThrow(/directory/);
  await expect(side.query('select 1', [])).rejects.toThrow(/directory/);
  await side.close();
});
