import { newId } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { astray, createBench, ledger, said, saying } from '../test/bench.ts';
import { counted } from '../test/faulty.ts';

eachDatabase('the lane', (dialect: Dialect) => {
  test('a refusal drops out alone: the rest of its batch is written without a hole', async () => {
    await using bench = await createBench(dialect);
    const lane = bench.lane();
    const stream = newId();
    const answers = await Promise.allSettled(['a', 'no', 'b', 'no', 'c'].map((text) => lane.change(said, saying(stream, text))));
    expect(answers.map((a) => (a.status === 'fulfilled' ? a.value.seq : (a.reason as { code: string }).code))).toEqual([
      1,
      'FORBIDDEN',
      2,
      'FORBIDDEN',
      3,
    ]);
    expect((await ledger(bench.db)).events.map((e) => e.pos)).toEqual([1, 2, 3]);
    expect(bench.published.map((e) => e.pos)).toEqual([1, 2, 3]);
  });

  test('a duplicate key inside a batch makes each change run for itself, and the second finds the first', async () => {
    await using bench = await createBench(dialect);
    const batches: number[] = [];
    const lane = bench.lane({ wrap: (engine) => counted(engine, batches) });
    const stream = newId();
    const twice = saying(stream);
    const answers = await Promise.all([twice, saying(stream), twice].map((s) => lane.change(said, s)));
    expect(answers).toEqual([
      { seq: 1, replayed: false },
      { seq: 2, replayed: false },
      { seq: 1, replayed: true },
    ]);
    expect(batches).toEqual([1, 1]);
    expect((await ledger(bench.db)).events).toHaveLength(2);
    expect(bench.faults).toEqual([]);
  });

  test('a draft on a stream that was not named throws and leaves nothing, also of its rows', async () => {
    await using bench = await createBench(dialect);
    const lane = bench.lane();
    const stream = newId();
    const [lost, kept] = await Promise.allSettled([lane.change(astray, { stream }), lane.change(said, saying(newId()))]);
    expect(lost).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('did not name') } });
    expect(kept.status).toBe('fulfilled');
    expect(await bench.db.read.selectFrom('counter').select('messages').execute()).toEqual([]);
    expect((await ledger(bench.db)).heads.has(stream)).toBe(false);
  });

  test('a batch holds at most 200 changes', async () => {
    await using bench = await createBench(dialect);
    const batches: number[] = [];
    const lane = bench.lane({ wrap: (engine) => counted(engine, batches) });
    const stream = newId();
    await Promise.all(Array.from({ length: 450 }, () => lane.change(said, saying(stream))));
    expect(batches).toEqual([200, 200, 50]);
  });

  test('a batch holds at most a megabyte, and a change above it goes alone', async () => {
    await using bench = await createBench(dialect);
    const batches: number[] = [];
    const lane = bench.lane({ wrap: (engine) => counted(engine, batches) });
    const stream = newId();
    const long = { ...saying(stream), weight: 400_000 };
    await Promise.all(
      [long, { ...long, id: newId() }, { ...long, id: newId() }, { ...saying(stream), weight: 2_000_000 }, saying(stream)].map((s) =>
        lane.change(said, s),
      ),
    );
    expect(batches).toEqual([2, 1, 1, 1]);
  });

  test('a kind that cannot say its size fails alone, and the lane goes on', async () => {
    await using bench = await createBench(dialect);
    const lane = bench.lane();
    await expect(lane.change(said, { ...saying(newId()), text: null as unknown as string })).rejects.toThrow(TypeError);
    expect(await lane.change(said, saying(newId()))).toEqual({ seq: 1, replayed: false });
  });

  test('close() finishes what waits and refuses what comes after', async () => {
    await using bench = await createBench(dialect);
    const lane = bench.lane();
    const stream = newId();
    const waiting = Promise.all(Array.from({ length: 250 }, () => lane.change(said, saying(stream))));
    const closing = lane.close();
    await expect(lane.change(said, saying(stream))).rejects.toMatchObject({ code: 'DRAINING' });
    await closing;
    expect((await waiting).at(-1)?.seq).toBe(250);
    expect((await ledger(bench.db)).pos).toBe(250);
  });

  test('G4, W1: after thousands of posts pos is dense in commit order and seq is dense in every stream', async () => {
    await using bench = await createBench(dialect);
    const lanes = dialect === 'mysql' ? [bench.lane(), bench.lane()] : [bench.lane()];
    const streams = Array.from({ length: 40 }, () => newId());
    const posts = 4_000;
    const acknowledged = new Map<string, { stream: string; seq: number }>();
    await Promise.all(
      Array.from({ length: 50 }, async (_, poster) => {
        for (let i = poster; i < posts; i += 50) {
          const saying_ = saying(streams[(i * 7 + ((i / 50) | 0)) % streams.length] ?? newId());
          const answer = await lanes[i % lanes.length]?.change(said, saying_);
          acknowledged.set(saying_.id, { stream: saying_.stream, seq: answer?.seq ?? 0 });
        }
      }),
    );
    const kept = await ledger(bench.db);
    expect(kept.events.map((e) => e.pos)).toEqual(Array.from({ length: posts }, (_, i) => i + 1));
    expect(kept.pos).toBe(posts);
    for (const stream of streams) {
      const own = kept.events.filter((e) => e.stream === stream);
      expect(own.map((e) => e.seq)).toEqual(own.map((_, i) => i + 1));
      expect(kept.heads.get(stream)).toEqual({ seq: own.length, pos: own.at(-1)?.pos });
    }
    for (const e of kept.events) expect(acknowledged.get(e.subject ?? '')).toEqual({ stream: e.stream, seq: e.seq });
    process.stdout.write(`lane [${dialect}]: ${lanes.length} lanes, ${kept.events.length} posts in ${streams.length} streams, no gap\n`);
    expect(bench.faults).toEqual([]);
  });
});
