import { freshDatabase } from '@koreromai/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';

test('five thousand who read at once do not wake each other: it takes no longer than one after the other', async () => {
  await using database = await freshDatabase('sqlite');
  const db = await database.open();
  const ask = () => sql<{ one: number }>`select 1 as one`.execute(db.read);
  const many = 5_000;
  const took = async (work: () => Promise<unknown>) => {
    const from = performance.now();
    await work();
    return performance.now() - from;
  };
  const inTurn = async () => {
    for (let i = 0; i < many; i++) await ask();
  };
  await inTurn(); // compiled
  const [one, all] = [await took(inTurn), await took(() => Promise.all(Array.from({ length: many }, ask)))];
  process.stdout.write(`${many} reads: ${one.toFixed(0)} ms one after the other, ${all.toFixed(0)} ms at once\n`);
  expect(all).toBeLessThan(4 * one);
  await db.close();
});
