import { bytesOf, idOf, newId } from '@koreromai/db';
import type { Dialect } from '@koreromai/testing';
import { createLive } from '../feed/live.ts';
import { createFollower, type FollowerOptions } from '../follow/follower.ts';
import { type Bench, createBench, said, saying } from './bench.ts';

/** A bench with a clock and followers named `test` that are closed with it. */
export async function createStand(dialect: Dialect) {
  const bench = await createBench(dialect);
  const clock = { now: 1_763_700_000_000 };
  const now = () => clock.now;
  const lane = bench.lane({ now });
  const live = await createLive({
    bus: bench.bus,
    log: bench.log,
    project: async (events) => events.map(() => null),
    onFault: (error) => void bench.faults.push(error),
    pollEvery: 60_000,
    headsEvery: 60_000,
  });
  const closing: (() => Promise<void>)[] = [() => live.close()];
  const stream = newId();
  return {
    bench,
    clock,
    lane,
    faults: bench.faults,
    say: (text = 'kia ora') => lane.change(said, saying(stream, text)),
    follower(handle: FollowerOptions['handle'], options: Partial<FollowerOptions> = {}) {
      const follower = createFollower({
        name: 'test',
        start: 'origin',
        handle,
        read: bench.db.read,
        log: bench.log,
        live,
        lane,
        now,
        onFault: (error) => void bench.faults.push(error),
        gather: 0,
        pollEvery: 3_600_000,
        pause: async () => {},
        ...options,
      });
      closing.unshift(() => follower.close());
      return follower;
    },
    row: () => bench.db.read.selectFrom('follower').selectAll().where('name', '=', 'test').executeTakeFirst(),
    async [Symbol.asyncDispose]() {
      for (const close of closing) await close();
      await bench[Symbol.asyncDispose]();
    },
  };
}

/** Counts events in `counter`, one row for all: adding is the effect that a repeat would show in. */
export const counting =
  (tally: string, seen: number[] = []): FollowerOptions['handle'] =>
  async (events) => {
    seen.push(...events.map((e) => e.pos));
    return (draft) =>
      draft.insert(
        'counter',
        { conversation_id: bytesOf(tally), bucket: 1, author_id: bytesOf(tally), messages: events.length },
        { add: ['messages'] },
      );
  };

export async function counted(bench: Bench, tally: string): Promise<number> {
  const rows = await bench.db.read.selectFrom('counter').selectAll().execute();
  return Number(rows.find((r) => idOf(r.conversation_id) === tally)?.messages ?? 0);
}
