import { bytesOf, type Engine, faultOf, newId } from '@koreromai/db';
import { eventually } from '@koreromai/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createBench, said, saying } from '../test/bench.ts';

const mysql = process.env.TEST_MYSQL_URL ? test : test.skip;

/** Notes why the database said no. */
function heard(engine: Engine, codes: string[]): Engine {
  const note = (error: unknown) => {
    codes.push(String((error as { code?: string }).code));
    throw error;
  };
  return {
    overlaps: engine.overlaps,
    begin: (locks, lookups) => engine.begin(locks, lookups).catch(note),
    commit: (writes, events, heads) => engine.commit(writes, events, heads).catch(note),
    rollback: () => engine.rollback(),
    close: () => engine.close(),
  };
}

mysql('a MySQL lane that is chosen as the victim of a deadlock runs again and gets through', async () => {
  await using bench = await createBench('mysql');
  const codes: string[] = [];
  const lane = bench.lane({ wrap: (engine) => heard(engine, codes) });
  const [a = '', b = ''] = [newId(), newId()].sort();
  await Promise.all([lane.change(said, saying(a)), lane.change(said, saying(b))]);

  const lock = (id: string) => sql`select seq from stream where id = ${bytesOf(id)} for update`;
  let both: Promise<unknown> = Promise.resolve();
  await bench.db.read.transaction().execute(async (other) => {
    for (let bucket = 0; bucket < 50; bucket++) {
      await other
        .insertInto('counter')
        .values({ conversation_id: bytesOf(a), author_id: bytesOf(a), bucket, messages: 1 })
        .execute(); // heavier, so the lane is the victim
    }
    await lock(b).execute(other);
    both = Promise.all([lane.change(said, saying(a)), lane.change(said, saying(b))]); // holds a, waits for b
    await eventually('the lane waits', async () => {
      const { rows } =
        await sql`select id from information_schema.processlist where db = database() and info like '%for update%' and id <> connection_id()`.execute(
          bench.db.read,
        );
      return rows.length > 0;
    });
    await lock(a).execute(other); // … which waits for a
  });
  expect(await both).toEqual([
    { seq: 2, replayed: false },
    { seq: 2, replayed: false },
  ]);
  expect(codes).toContain('ER_LOCK_DEADLOCK');
  expect(codes.every((code) => faultOf({ code }) === 'retry')).toBe(true);
  expect(bench.faults).toEqual([]);
});
