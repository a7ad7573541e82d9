import { newId } from '@koreromai/db';
import { eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import type { LogEvent } from '../log/event.ts';
import { counted, counting, createStand } from '../test/stand.ts';
import { setAsideAt } from './trouble.ts';

eachDatabase('a follower in trouble', (dialect) => {
  test('what fails and then works is tried again, longer and longer apart, and told of', async () => {
    await using stand = await createStand(dialect);
    await stand.say();
    const waits: number[] = [];
    let left = 4;
    const tally = newId();
    const follower = stand.follower(
      async (events) => {
        if (left-- > 0) throw new Error('not yet');
        return counting(tally)(events);
      },
      { pause: async (ms) => void waits.push(ms) },
    );
    await follower.caughtUp();
    expect(waits).toEqual([100, 200, 400, 800]);
    expect(stand.faults).toHaveLength(4);
    expect(await counted(stand.bench, tally)).toBe(1);
  });

  test('a poisoned event stops nobody: after ten tries it is set aside, told of and kept, and the others are handled', async () => {
    await using stand = await createStand(dialect);
    for (let i = 0; i < 6; i++) await stand.say();
    const tally = newId();
    const done: number[] = [];
    let tries = 0;
    const follower = stand.follower(async (events: readonly LogEvent[]) => {
      if (events.some((e) => e.pos === 4)) {
        if (events.length === 1) tries++;
        throw new Error('cannot be eaten');
      }
      return counting(tally, done)(events);
    });
    await follower.caughtUp();
    expect(done).toEqual([1, 2, 3, 5, 6]);
    expect(tries).toBe(10);
    expect(await counted(stand.bench, tally)).toBe(5);
    const [job, ...more] = await stand.bench.db.read.selectFrom('job').selectAll().execute();
    expect(more).toEqual([]);
    expect(job).toMatchObject({ kind: 'setaside', run_after: setAsideAt });
    expect(JSON.parse(job?.data ?? '')).toMatchObject({ follower: 'test', pos: 4, error: 'Error: cannot be eaten' });
    expect(String(stand.faults.at(-1))).toContain('pos 4 aside');
  });

  test('a database that is away is nobody’s blame: nothing is set aside however long it lasts', async () => {
    await using stand = await createStand(dialect);
    await stand.say();
    let left = 25;
    const tally = newId();
    const follower = stand.follower(async (events) => {
      if (left-- > 0) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
      return counting(tally)(events);
    });
    await follower.caughtUp();
    expect(await counted(stand.bench, tally)).toBe(1);
    expect(await stand.bench.db.read.selectFrom('job').selectAll().execute()).toEqual([]);
  });

  test('closed while it waits to try again, it ends at once', async () => {
    await using stand = await createStand(dialect);
    await stand.say();
    const follower = stand.follower(() => Promise.reject(new Error('never')), { pause: () => new Promise(() => {}) });
    await eventually('it failed', () => stand.faults.length === 1);
    await follower.close();
    await expect(follower.caughtUp()).rejects.toThrow('closed before');
    expect(await stand.row()).toMatchObject({ holder: null });
  });
});
