import { newId } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createWorld, type World } from '../test/world.ts';
import { type NewJob, queueJob } from './changes.ts';
import { createJobs, type JobKind } from './jobs.ts';

const queued = changeKind<NewJob, void>()({
  name: 'test.queued',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide: (input, _facts, draft) => queueJob(draft, input),
});

eachDatabase('work that goes on after its request was answered', (dialect: Dialect) => {
  const left = async (world: World) => world.db.read.selectFrom('job').select(['data', 'attempts', 'run_after']).execute();
  /** A runner like that of another process, over the same table. The world's own does nothing meanwhile. */
  const runner = (world: World, kind: JobKind, faults: unknown[] = []) => {
    const { lane, now } = world.services;
    const onFault = (error: unknown) => void faults.push(error);
    return createJobs({ db: world.db, lane, now, onFault, kinds: new Map([['count', kind]]), every: 60_000 });
  };
  const quiet = async () => {
    const world = await createWorld(dialect, { jobsEvery: 60_000 });
    await world.services.jobs.close();
    return world;
  };
  const counting =
    (steps: number[], to: number): JobKind =>
    async ({ data }) => {
      steps.push(Number(data));
      return Number(data) >= to ? 'done' : { data: Number(data) + 1 };
    };

  test('a job goes step by step to its end, each step beginning with what the one before gave', async () => {
    await using world = await quiet();
    const steps: number[] = [];
    const jobs = runner(world, counting(steps, 3));
    const id = newId();
    for (let i = 0; i < 2; i++) await world.services.lane.change(queued, { id, kind: 'count', data: 0 }); // a rerun queues it once
    await jobs.idle();
    expect(steps).toEqual([0, 1, 2, 3]);
    expect(await left(world)).toEqual([]);
    await jobs.close();
  });

  test('what was left behind goes on where it stood, by whoever comes next', async () => {
    await using world = await quiet();
    const steps: number[] = [];
    const first = runner(world, async (job) => {
      const to = await counting(steps, 5)(job);
      if (steps.length === 3) void first.close(); // as if it ended here
      return to;
    });
    await world.services.lane.change(queued, { id: newId(), kind: 'count', data: 0 });
    await first.idle();
    await first.close();
    expect(steps).toEqual([0, 1, 2]);
    const second = runner(world, counting(steps, 5));
    await second.idle();
    expect(steps).toEqual([0, 1, 2, 3, 4, 5]);
    await second.close();
  });

  test('one process works at a time, and when it ends another takes over', async () => {
    await using world = await quiet();
    const one: number[] = [];
    const two: number[] = [];
    const [a, b] = [runner(world, counting(one, 0)), runner(world, counting(two, 0))];
    const queue = () => world.services.lane.change(queued, { id: newId(), kind: 'count', data: 0 });
    await queue();
    await a.idle();
    for (let i = 0; i < 5; i++) await queue();
    await Promise.all([b.idle(), b.idle()]);
    expect([one.length, two.length]).toEqual([1, 0]);
    await a.close();
    await eventually('b has them all', async () => {
      await b.idle();
      return two.length === 5;
    });
    await b.close();
  });

  test('a step that fails is told, waits longer each time, and is tried again', async () => {
    await using world = await quiet();
    const faults: unknown[] = [];
    let fails = 2;
    const jobs = runner(
      world,
      async () => {
        if (fails-- > 0) throw new Error('not yet');
        return 'done';
      },
      faults,
    );
    await world.services.lane.change(queued, { id: newId(), kind: 'count' });
    await jobs.idle();
    expect(await left(world)).toMatchObject([{ attempts: 1 }]);
    world.clock.now += 1_000;
    await jobs.idle();
    const [waiting] = await left(world);
    expect(Number(waiting?.run_after) - world.clock.now).toBe(2_000);
    world.clock.now += 1_999;
    await jobs.idle();
    expect(fails).toBe(0);
    world.clock.now += 1;
    await jobs.idle();
    expect(await left(world)).toEqual([]);
    expect(faults).toEqual([new Error('not yet'), new Error('not yet')]);
    await jobs.close();
  });

  test('a job of a kind that this version does not know is told and kept', async () => {
    await using world = await quiet();
    const faults: unknown[] = [];
    const jobs = runner(world, async () => 'done', faults);
    await world.services.lane.change(queued, { id: newId(), kind: 'later.made' });
    await jobs.idle();
    expect(String(faults)).toContain('later.made');
    expect(await left(world)).toHaveLength(1);
    await jobs.close();
  });
});

test('what is queued in the very moment in which the last look ends does not wait for the next beat', async () => {
  for (let late = 0; late < 12; late++) {
    let due: object[] = [];
    const steps: number[] = [];
    const table: object = new Proxy({}, { get: (_, name) => (name === 'execute' ? async () => due : () => table) });
    const count: JobKind = async () => {
      steps.push(late);
      return 'done';
    };
    const jobs = createJobs({
      db: { read: { selectFrom: () => table } as never, claim: async () => ({ held: true, release: async () => {} }) as never },
      lane: { change: async () => void (due = []) } as never,
      kinds: new Map([['count', count]]),
      now: () => 0,
      onFault: (error) => expect.unreachable(String(error)),
      every: 60_000,
    });
    for (let i = 0; i < late; i++) await null;
    due = [{ id: Buffer.alloc(16), kind: 'count', subject_id: null, data: '0', attempts: 0 }];
    jobs.wake();
    await new Promise((turn) => setImmediate(turn));
    expect([late, steps]).toEqual([late, [late]]);
    await jobs.close();
  }
});
