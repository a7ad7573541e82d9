import { freshDatabase } from '@koreromai/testing';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Engine, lookup, type Value } from '../engine.ts';
import { faultOf } from '../fault.ts';
import { openSqliteAside } from './aside.ts';

const columns = ['name', 'value', 'updated_at', 'updated_by'] as const;
const insert = (rows: readonly (readonly Value[])[]) => ({
  ...{ do: 'insert' as const, table: 'setting' as const, columns, rows, onDuplicate: 'fail' as const },
});
const kept = (engine: Engine, names: readonly string[]) =>
  engine
    .begin(
      [],
      [
        lookup(
          'setting',
          columns,
          ['name'],
          names.map((name) => [name]),
        ),
      ],
    )
    .then(async ({ found }) => {
      await engine.rollback();
      return found[0];
    });

test('what goes to the thread and comes back is what it was: numbers, nothing, bytes, and texts with every sign there is', async () => {
  await using database = await freshDatabase('sqlite');
  const db = await database.open({ writesAside: true });
  const engine = db.engine();
  const value = fc.record({
    value: fc.string({ unit: 'binary', maxLength: 50 }),
    at: fc.maxSafeNat(),
    by: fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes))),
  });
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 20 }), async (some) => {
      const rows = some.map(({ value: text, at, by }) => [`setting ${made++}`, text, at, by]);
      await engine.begin([], []);
      await engine.commit([insert(rows)], [], []);
      const found = await kept(
        engine,
        rows.map(([name]) => String(name)),
      );
      expect(found?.map((row) => columns.map((column) => row[column]))).toEqual(rows);
      const read = await db.read
        .selectFrom('setting')
        .select(columns)
        .where(
          'name',
          'in',
          rows.map(([name]) => String(name)),
        )
        .execute();
      expect(new Set(read.map((row) => JSON.stringify(row)))).toEqual(new Set(found?.map((row) => JSON.stringify(row))));
    }),
    { numRuns: 100 },
  );
  await engine.close();
  await db.close();
});

test('an error of the thread keeps its code and leaves nothing half done', async () => {
  await using database = await freshDatabase('sqlite');
  const db = await database.open({ writesAside: true });
  const engine = db.engine();
  await engine.begin([], []);
  const error = await engine
    .commit(
      [
        insert([
          ['a', '1', 1, null],
          ['a', '2', 2, null],
        ]),
      ],
      [],
      [],
    )
    .catch((thrown: unknown) => thrown);
  expect(faultOf(error)).toBe('duplicate');
  await engine.rollback();
  expect(await kept(engine, ['a'])).toEqual([]);
  await engine.close();
  await db.close();
});

test('a thread that dies takes its transaction along, and the next begins in a new one', async () => {
  await using database = await freshDatabase('sqlite');
  const db = await database.open({ writesAside: true });
  const engine = db.engine();
  const started = Promise.withResolvers<{ terminate(): Promise<number> }>();
  process.once('worker', started.resolve);
  await engine.begin([], []);
  const dying = engine.commit([insert(Array.from({ length: 50_000 }, (_, i) => [`a ${i}`, '1', 1, null]))], [], []).catch(faultOf);
  await (await started.promise).terminate();
  expect(await dying).toBe('lost');
  await engine.rollback();
  expect(await kept(engine, ['a 0', 'a 49999'])).toEqual([]);
  await engine.close();
  await db.close();
});

test('a thread that cannot even stand is as one that ended: nobody knows what became of what it was asked', async () => {
  const engine = openSqliteAside('/nowhere/at/all.db');
  const error = await engine.begin([], []).catch((thrown: unknown) => thrown);
  expect([faultOf(error), String(error)]).toEqual(['lost', expect.stringContaining('directory')]);
  await engine.close();
});

test('while the file is locked, the process goes on', async () => {
  await using database = await freshDatabase('sqlite');
  const db = await database.open({ writesAside: true });
  const engine = db.engine();
  await kept(engine, []);
  const other = new Database(database.url.slice('sqlite:'.length));
  other.exec('begin immediate');
  const waiting = engine.begin([], []); // in this thread nobody would come to the next line before it gave up
  other.exec('rollback');
  other.close();
  await waiting;
  await engine.rollback();
  await engine.close();
  await db.close();
});
