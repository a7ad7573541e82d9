import type { Worker } from 'node:worker_threads';
import { newId } from '@koreromai/db';
import { expect, test } from 'vitest';
import { createBench, ledger, said, saying } from '../test/bench.ts';

/** Calls `hear` for every thread that starts until it is disposed. */
function threads(hear: (thread: Worker) => void): Disposable {
  process.on('worker', hear);
  return { [Symbol.dispose]: () => void process.off('worker', hear) };
}

test('a lane whose thread dies again and again while it writes loses and doubles nothing', async () => {
  const standing = new Set<Worker>();
  using _ = threads((thread) => {
    thread.once('message', () => standing.add(thread)); // not one that still starts: a driver whose thread ends while it is loaded ends the process
    thread.once('exit', () => standing.delete(thread));
  });
  await using bench = await createBench('sqlite', { writesAside: true });
  const lane = bench.lane({ pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
  const streams = Array.from({ length: 5 }, () => newId());
  let kills = 0;
  let done = false;
  const killing = (async () => {
    while (!done) {
      for (const thread of standing) kills += (await thread.terminate()) === 1 ? 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 50 + 300 * Math.random())); // a new one takes a while to stand
    }
  })();
  let [acknowledged, busy] = [0, 0];
  for (let round = 0; round < 300 || kills < 10; round++) {
    const answers = await Promise.allSettled(streams.map((stream) => lane.change(said, saying(stream))));
    acknowledged += answers.filter((a) => a.status === 'fulfilled').length;
    busy += answers.filter((a) => a.status === 'rejected').length;
  }
  done = true;
  await killing;
  const kept = await ledger(bench.db);
  process.stdout.write(
    `killed threads: ${kills} kills, ${acknowledged} acknowledged, ${busy} told to come back, ${kept.events.length} stored\n`,
  );
  expect(acknowledged).toBeGreaterThan(200);
  expect(kept.events.length).toBeGreaterThanOrEqual(acknowledged);
  expect(new Set(kept.events.map((e) => e.subject)).size).toBe(kept.events.length);
  expect(kept.events.map((e) => e.pos)).toEqual(kept.events.map((_, i) => i + 1));
}, 120_000);

test('what the database refuses it refuses as in the thread that asks: one at fault spoils nobody else, and each answer has its code', async () => {
  await using bench = await createBench('sqlite', { writesAside: true });
  const lane = bench.lane();
  const stream = newId();
  const twice = saying(stream);
  expect(await lane.change(said, twice)).toEqual({ seq: 1, replayed: false });
  expect(await lane.change(said, twice)).toEqual({ seq: 1, replayed: true });
  const [kept, refused] = await Promise.allSettled([lane.change(said, saying(stream)), lane.change(said, saying(stream, 'no'))]);
  expect([kept.status, refused.status]).toEqual(['fulfilled', 'rejected']);
  await lane.close();
  await expect(lane.change(said, saying(stream))).rejects.toMatchObject({ code: 'DRAINING' });
});
