import { newId } from '@koreromai/db';
import { eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import type { Lane } from '../lane/lane.ts';
import type { Log } from '../log/log.ts';
import { faulty } from '../test/faulty.ts';
import { counted, counting, createStand } from '../test/stand.ts';
import { createRestraint } from './restraint.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

eachDatabase('a follower of the log', (dialect) => {
  test('it is handed every event once and in order, those before it began and those after', async () => {
    await using stand = await createStand(dialect);
    for (let i = 0; i < 7; i++) await stand.say();
    const seen: number[] = [];
    const tally = newId();
    const follower = stand.follower(counting(tally, seen), { batch: 3 });
    await follower.caughtUp();
    await Promise.all(upTo(20).map(() => stand.say()));
    await eventually('the bell brought the rest', () => seen.length === 27);
    await follower.caughtUp();
    expect(seen).toEqual(upTo(27));
    expect(await counted(stand.bench, tally)).toBe(27);
    expect(Number((await stand.row())?.pos)).toBe(27);
    expect(stand.faults).toEqual([]);
  });

  test('one that starts at the head leaves alone what happened before, and keeps its place afterwards', async () => {
    await using stand = await createStand(dialect);
    await stand.say();
    const seen: number[] = [];
    const first = stand.follower(counting(newId(), seen), { start: 'head' });
    await first.caughtUp();
    await stand.say();
    await first.caughtUp();
    await first.close();
    await stand.say();
    await stand.follower(counting(newId(), seen), { start: 'head' }).caughtUp();
    expect(seen).toEqual([2, 3]);
  });

  test('one that starts at the head of an empty log misses nothing', async () => {
    await using stand = await createStand(dialect);
    const seen: number[] = [];
    const follower = stand.follower(counting(newId(), seen), { start: 'head' });
    await follower.caughtUp();
    await stand.say();
    await follower.caughtUp();
    expect(seen).toEqual([1]);
  });

  test('two processes take turns: each event is handled by one of them alone', async () => {
    await using stand = await createStand(dialect);
    const here: number[] = [];
    const there: number[] = [];
    const tally = newId();
    const one = stand.follower(counting(tally, here), { batch: 5 });
    const two = stand.follower(counting(tally, there), { batch: 5, lane: stand.bench.lane({ now: () => stand.clock.now }) });
    await Promise.all(upTo(60).map(() => stand.say()));
    await Promise.all([one.caughtUp(), two.caughtUp()]);
    expect([here.length, there.length].toSorted((a, b) => a - b)).toEqual([0, 60]);
    await (here.length > 0 ? one : two).close(); // lets go at once
    await stand.say();
    await (here.length > 0 ? two : one).caughtUp();
    expect([...here, ...there].toSorted((a, b) => a - b)).toEqual(upTo(61));
    expect(await counted(stand.bench, tally)).toBe(61);
    expect(stand.faults).toEqual([]);
  });

  test('one that died between its work and its position is replaced when its lease has run out, and never writes again', async () => {
    await using stand = await createStand(dialect);
    const tally = newId();
    const dead = Promise.withResolvers<void>();
    const began: number[] = [];
    const zombie = stand.follower(async (events) => {
      began.push(...events.map((e) => e.pos));
      await dead.promise;
      return counting(tally)(events);
    });
    await stand.say();
    await eventually('the first had begun', () => began.length === 1);
    const again: number[] = [];
    const heir = stand.follower(counting(tally, again), { lane: stand.bench.lane({ now: () => stand.clock.now }) });
    await stand.say();
    const early = await Promise.race([heir.caughtUp().then(() => 'caught up'), new Promise((later) => setTimeout(later, 100, 'waiting'))]);
    expect([early, again]).toEqual(['waiting', []]); // the lease still holds
    stand.clock.now += 10_001;
    await heir.caughtUp();
    expect(again).toEqual([1, 2]);
    dead.resolve();
    await zombie.caughtUp();
    expect(await counted(stand.bench, tally)).toBe(2);
    expect(Number((await stand.row())?.pos)).toBe(2);
    expect(stand.faults).toEqual([]);
  });

  test('a lost answer to COMMIT is not written twice', async () => {
    await using stand = await createStand(dialect);
    await stand.say();
    const plan: Parameters<typeof faulty>[1] = [];
    const lane = stand.bench.lane({ now: () => stand.clock.now, wrap: (engine) => faulty(engine, plan) });
    const tally = newId();
    const follower = stand.follower(
      async (events) => {
        plan.push({ at: 'commitReply', as: 'lost' });
        return counting(tally)(events);
      },
      { lane },
    );
    await follower.caughtUp();
    expect(plan).toEqual([]);
    expect(await counted(stand.bench, tally)).toBe(1);
  });

  test('nothing is written while nothing happens', async () => {
    await using stand = await createStand(dialect);
    await stand.say();
    const first = stand.follower(counting(newId()));
    await first.caughtUp();
    await first.close();
    const before = await stand.row();
    const [changes, looks]: [string[], string[]] = [[], []];
    const lane: Pick<Lane, 'change' | 'served'> = {
      served: 0,
      change(kind, input) {
        changes.push(kind.name);
        return stand.lane.change(kind, input);
      },
    };
    const log: Log = {
      ...stand.bench.log,
      head() {
        looks.push('head');
        return stand.bench.log.head();
      },
    };
    stand.follower(counting(newId()), { pollEvery: 5, lane, log });
    await eventually('a dozen looks', () => looks.length >= 12);
    expect(changes).toEqual([]);
    expect(await stand.row()).toEqual(before);
  });

  test('it keeps out of the way while others write and the process has nothing to spare, and hurries when it is waited for', async () => {
    await using stand = await createStand(dialect);
    const load = { now: 1 };
    const rests: number[] = [];
    const seen: number[] = [];
    const follower = stand.follower(
      async (events) => {
        seen.push(...events.map((e) => e.pos));
        if (seen.length < 20) await stand.say(); // somebody writes meanwhile
        return undefined;
      },
      {
        batch: 1,
        restraint: createRestraint({ lane: stand.lane, load: () => load.now }),
        pause(ms) {
          rests.push(ms);
          return new Promise(() => {});
        },
      },
    );
    await stand.say();
    await eventually('it rests after its first step', () => rests.length === 1);
    expect([seen, rests.every((ms) => ms > 0 && ms <= 4_000)]).toEqual([[1], true]);
    load.now = 0.4; // there is enough for all
    await stand.say();
    await follower.caughtUp();
    expect(seen).toEqual(upTo(21));
    expect(rests).toHaveLength(1);
  });

  test('one that is closed in the middle of its work ends with it and rests no more', async () => {
    await using stand = await createStand(dialect);
    const rests: number[] = [];
    const closing: Promise<void>[] = [];
    const follower = stand.follower(
      async () => {
        closing.push(follower.close());
        await stand.say(); // somebody writes meanwhile
        return undefined;
      },
      { batch: 1, restraint: createRestraint({ lane: stand.lane, load: () => 1 }), pause: async (ms) => void rests.push(ms) },
    );
    await stand.say();
    await eventually('it is being closed', () => closing.length === 1);
    await closing[0];
    expect(rests).toEqual([]);
  });

  test('it never rests while it is alone, however busy it keeps the process', async () => {
    await using stand = await createStand(dialect);
    for (let i = 0; i < 5; i++) await stand.say();
    const rests: number[] = [];
    const seen: number[] = [];
    const pause = async (ms: number) => void rests.push(ms);
    stand.follower(counting(newId(), seen), { batch: 1, restraint: createRestraint({ lane: stand.lane, load: () => 1 }), pause });
    await eventually('all are handled', () => seen.length === 5);
    expect(rests).toEqual([]);
  });
});
