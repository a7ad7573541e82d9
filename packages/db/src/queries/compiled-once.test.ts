import { eachDatabase, freshDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { compiledOnce } from './compiled-once.ts';

eachDatabase('a query that is compiled once', (dialect) => {
  test('answers for each value, wherever it stands, and is put together once for each reader', async () => {
    await using database = await freshDatabase(dialect);
    await using second = await freshDatabase(dialect);
    const [one, other] = [await database.open(), await second.open()];
    let built = 0;
    const twice = compiledOnce(16, (read, value) => {
      built++;
      return read.selectNoFrom((e) => [e.val(value).as('a'), e.val('fixed').as('b'), e.val(value).as('c')]);
    });
    for (const [n, db] of [one, one, other, one].entries()) {
      const value = Buffer.alloc(16, n);
      const [row] = await twice(db.read, value);
      expect([row?.a, row?.b, row?.c].map(String)).toEqual([value, 'fixed', value].map(String));
    }
    expect(built).toBe(2);
    await one.close();
    await other.close();
  });
});
