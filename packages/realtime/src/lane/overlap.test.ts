import { type Engine, newId } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createBench, said, saying } from '../test/bench.ts';

/** An engine that notes its steps and answers each only when it is let through. */
function gated(engine: Engine, overlaps: boolean) {
  const steps: { step: string; pass: () => void }[] = [];
  const told = new Map<number, () => void>();
  const at = (step: string) =>
    new Promise<void>((pass) => {
      steps.push({ step, pass });
      told.get(steps.length)?.();
    });
  const wrapped: Engine = {
    overlaps,
    async begin(locks, lookups) {
      await at('begin');
      return engine.begin(locks, lookups);
    },
    async commit(writes, events, heads) {
      await at('commit');
      return engine.commit(writes, events, heads);
    },
    rollback: () => engine.rollback(),
    close: () => engine.close(),
  };
  /** The n-th step of all, once it is asked for. */
  const step = async (n: number) => {
    if (steps.length < n) await new Promise<void>((resolve) => told.set(n, resolve));
    return steps[n - 1] as (typeof steps)[number];
  };
  return { wrapped, step };
}

eachDatabase('two batches of the lane', (dialect: Dialect) => {
  async function scene(overlaps = true) {
    const bench = await createBench(dialect);
    const gate = { step: async (_n: number) => ({ step: '', pass: () => {} }) };
    const lane = bench.lane({
      wrap: (engine) => {
        const { wrapped, step } = gated(engine, overlaps);
        gate.step = step;
        return wrapped;
      },
    });
    const change = () => lane.change(said, saying(newId()));
    return { bench, lane, change, step: (n: number) => gate.step(n) };
  }

  /** In which order a second change is begun and the first is told, the second having come while the first was committed. */
  async function orderOf({ bench, change, step }: Awaited<ReturnType<typeof scene>>) {
    await using _bench = bench;
    const first = change();
    (await step(1)).pass();
    const commit = await step(2);
    const second = change();
    const order: string[] = [];
    void first.then(() => order.push('told'));
    commit.pass();
    const begin = await step(3);
    order.push(begin.step);
    begin.pass();
    (await step(4)).pass();
    await Promise.all([first, second]);
    expect(bench.published).toHaveLength(2);
    return order;
  }

  test('the database begins with the next while what came of the one before is told', async () => {
    expect(await orderOf(await scene())).toEqual(['begin', 'told']);
  });

  test('where this thread is the database, it does not begin before the one before is told: nobody would come to commit meanwhile', async () => {
    expect(await orderOf(await scene(false))).toEqual(['told', 'begin']);
  });

  test('G1: nobody whose change is committed waits for the locks of the next batch', async () => {
    const { bench, change, step } = await scene();
    await using _bench = bench;
    const first = change();
    (await step(1)).pass();
    const commit = await step(2);
    const second = change();
    commit.pass();
    const begin = await step(3); // and is not let through
    expect(await first).toMatchObject({ seq: 1 });
    begin.pass();
    (await step(4)).pass();
    expect(await second).toMatchObject({ seq: 1 });
  });

  test('what was committed first is published first', async () => {
    const { bench, change, step } = await scene();
    await using _bench = bench;
    const first = change();
    (await step(1)).pass();
    const commit = await step(2);
    const next = [change(), change()];
    commit.pass();
    for (let n = 3; n <= 4; n++) (await step(n)).pass();
    await Promise.all([first, ...next]);
    expect(bench.published.map((e) => e.pos)).toEqual([1, 2, 3]);
  });
});
