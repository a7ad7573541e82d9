import { bytesOf, newId } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Bench, broken, createBench, ledger, said, saying } from '../test/bench.ts';
import { faulty } from '../test/faulty.ts';

eachDatabase('a lane whose database fails', (dialect: Dialect) => {
  test.each(['deadlock', 'timeout', 'busy', 'lost'] as const)('a %s before COMMIT is tried again and written once', async (as) => {
    await using bench = await createBench(dialect);
    const lane = bench.lane({
      wrap: (engine) =>
        faulty(engine, [
          { at: 'commit', as },
          { at: 'begin', as },
        ]),
    });
    const stream = newId();
    const answers = await Promise.all([1, 2, 3].map(() => lane.change(said, saying(stream))));
    expect(answers.map((a) => a.seq).sort()).toEqual([1, 2, 3]);
    expect((await ledger(bench.db)).events.map((e) => e.seq)).toEqual([1, 2, 3]);
  });

  test('G1, G3: when only the answer to COMMIT is lost, the rerun finds what was written and doubles nothing', async () => {
    await using bench = await createBench(dialect);
    const lane = bench.lane({ wrap: (engine) => faulty(engine, [{ at: 'commitReply', as: 'lost' }]) });
    const stream = newId();
    const answers = await Promise.all([1, 2, 3].map(() => lane.change(said, saying(stream))));
    expect(answers).toEqual([1, 2, 3].map((seq) => ({ seq, replayed: true })));
    const kept = await ledger(bench.db);
    expect(kept.events).toHaveLength(3);
    expect(kept.heads.get(stream)).toEqual({ seq: 3, pos: 3 });
    expect(await lane.change(said, saying(stream))).toEqual({ seq: 4, replayed: false });
  });

  test('a database that stays away is BUSY after five tries, and the lane goes on when it is back', async () => {
    await using bench = await createBench(dialect);
    const plan = Array.from({ length: 5 }, () => ({ at: 'begin', as: 'lost' }) as const);
    const lane = bench.lane({ wrap: (engine) => faulty(engine, plan) });
    const stream = newId();
    await expect(lane.change(said, saying(stream))).rejects.toMatchObject({ code: 'BUSY' });
    expect(bench.faults).toHaveLength(1);
    expect(await lane.change(said, saying(stream))).toEqual({ seq: 1, replayed: false });
  });

  test('F10: all who wait while it is away are told so together, not one after the other', async () => {
    await using bench = await createBench(dialect);
    const plan = Array.from({ length: 5 }, () => ({ at: 'begin', as: 'lost' }) as const);
    const lane = bench.lane({ wrap: (engine) => faulty(engine, plan) });
    const stream = newId();
    const answers = await Promise.allSettled([1, 2, 3].map(() => lane.change(said, saying(stream))));
    expect(answers.map((a) => a.status === 'rejected' && a.reason.code)).toEqual(['BUSY', 'BUSY', 'BUSY']);
    expect(plan).toEqual([]);
    expect(await lane.change(said, saying(stream))).toEqual({ seq: 1, replayed: false });
  });

  test('F10: when it is back and one of them is at fault, the others are written all the same', async () => {
    await using bench = await createBench(dialect);
    const lane = bench.lane({ wrap: (engine) => faulty(engine, [{ at: 'begin', as: 'lost' }]) });
    const stream = newId();
    const [before, odd, after] = await Promise.allSettled([
      lane.change(said, saying(stream)),
      lane.change(broken, { stream }),
      lane.change(said, saying(stream)),
    ]);
    expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(odd).toMatchObject({ status: 'rejected', reason: { code: 'INTERNAL' } });
  });

  test('F12: a full disk is STORAGE_FULL, at once, and the lane goes on when there is room', async () => {
    await using bench = await createBench(dialect);
    const plan = [{ at: 'commit', as: 'full' } as const];
    const lane = bench.lane({ wrap: (engine) => faulty(engine, plan) });
    const stream = newId();
    await expect(lane.change(said, saying(stream))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(bench.faults).toHaveLength(1);
    expect(await lane.change(said, saying(stream))).toEqual({ seq: 1, replayed: false });
  });

  test('an error that no rule knows is INTERNAL for the one change that caused it, and is told', async () => {
    await using bench = await createBench(dialect);
    const lane = bench.lane();
    const stream = newId();
    const [before, odd, after] = await Promise.allSettled([
      lane.change(said, saying(stream)),
      lane.change(broken, { stream }),
      lane.change(said, saying(stream)),
    ]);
    expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(odd).toMatchObject({ status: 'rejected', reason: { code: 'INTERNAL' } });
    expect(bench.faults).toHaveLength(1);
  });

  test('what a publisher throws is told, and the change stays done', async () => {
    await using bench = await createBench(dialect);
    const lane = bench.lane({
      publish() {
        throw new Error('no bus');
      },
    });
    const stream = newId();
    expect(await lane.change(said, saying(stream))).toEqual({ seq: 1, replayed: false });
    expect(await lane.change(said, saying(stream))).toEqual({ seq: 2, replayed: false });
    expect(bench.faults).toHaveLength(2);
  });
});

const mysql = process.env.TEST_MYSQL_URL ? test : test.skip;

/** Cuts every connection to the bench's database but the one that asks. */
async function cutAll(bench: Bench): Promise<number> {
  // Not information_schema.processlist, which fails when anybody's statement of that moment holds a letter beyond the first plane.
  const { rows } = await sql<{ id: number }>`select processlist_id as id from performance_schema.threads
    where processlist_db = database() and processlist_id <> connection_id()`.execute(bench.db.read);
  for (const { id } of rows) await sql`kill ${sql.lit(Number(id))}`.execute(bench.db.read).catch(() => null);
  return rows.length;
}

mysql('a MySQL lane whose idle connection was cut connects again', async () => {
  await using bench = await createBench('mysql');
  const lane = bench.lane({ pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
  const stream = newId();
  await lane.change(said, saying(stream));
  expect(await cutAll(bench)).toBeGreaterThan(0);
  expect(await lane.change(said, saying(stream))).toMatchObject({ seq: 2 });
});

mysql('a MySQL lane whose connection is cut again and again while it writes loses and doubles nothing', async () => {
  await using bench = await createBench('mysql');
  const lane = bench.lane({ pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
  const streams = Array.from({ length: 5 }, () => newId());
  let cuts = 0;
  let done = false;
  const cutting = (async () => {
    while (!done) {
      cuts += await cutAll(bench);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  })();
  let acknowledged = 0;
  let busy = 0;
  for (let round = 0; round < 60; round++) {
    const answers = await Promise.allSettled(streams.map((s) => lane.change(said, saying(s))));
    acknowledged += answers.filter((a) => a.status === 'fulfilled').length;
    busy += answers.filter((a) => a.status === 'rejected').length;
  }
  done = true;
  await cutting;
  const kept = await ledger(bench.db);
  process.stdout.write(
    `cut connections [mysql]: ${cuts} cuts, ${acknowledged} acknowledged, ${busy} told to come back, ${kept.events.length} stored\n`,
  );
  expect(cuts).toBeGreaterThan(3);
  expect(acknowledged).toBeGreaterThan(200);
  expect(kept.events.length).toBeGreaterThanOrEqual(acknowledged);
  expect(new Set(kept.events.map((e) => e.subject)).size).toBe(kept.events.length);
});

mysql('a MySQL lane that waits for a lock held elsewhere gives up after two seconds, tries again and gets through', async () => {
  await using bench = await createBench('mysql');
  const lane = bench.lane();
  const other = bench.db.engine();
  const stream = newId();
  await lane.change(said, saying(stream));
  await other.begin([bytesOf(stream)], []);
  const neighbour = newId();
  const waiting = Promise.all([lane.change(said, saying(stream)), lane.change(said, saying(neighbour))]);
  const release = setTimeout(() => void other.rollback(), 2_500);
  const [held, free] = await waiting;
  clearTimeout(release);
  await other.close();
  expect([held, free]).toEqual([
    { seq: 2, replayed: false },
    { seq: 1, replayed: false },
  ]);
});
