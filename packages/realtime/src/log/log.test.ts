import { newId } from '@koreromai/db';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { type Bench, createBench, ledger, said, saying } from '../test/bench.ts';

/** Streams of such lengths, written in turns so that their events lie between one another's. */
async function written(bench: Bench, lengths: readonly number[]) {
  const lane = bench.lane();
  const streams = lengths.map(() => newId());
  const turns = lengths.flatMap((length, i) => Array.from({ length }, (_, n) => ({ stream: streams[i] ?? '', at: (n + 0.5) / length })));
  turns.sort((a, b) => a.at - b.at);
  await Promise.all(turns.map(({ stream }) => lane.change(said, saying(stream))));
  return streams;
}

eachDatabase('the log', (dialect) => {
  test('what streams have beyond a place is read whole and in order, however far below their heads that place lies', async () => {
    await using bench = await createBench(dialect);
    const streams = await written(bench, [1, 2, 7, 8, 9, 10, 63, 64, 65, 71, 72, 73, 74, 583, 584, 585, 586, 700]);
    const { events, pos } = await ledger(bench.db);
    const heads = await bench.log.heads(streams);
    const places = [0, 1, 2, pos - 1, pos, pos + 1, ...Array.from({ length: 60 }, (_, i) => Math.floor((pos * i) / 60))];
    for (const [turn, from] of places.entries()) {
      const asked = heads.filter((_, i) => turn % 3 === 0 || (i + turn) % 3 > 0);
      const wanted = events.filter((e) => e.pos > from && asked.some(({ stream }) => stream === e.stream));
      const found = await bench.log.after(asked, from, pos);
      expect(found?.map(({ stream, seq, pos: at }) => [stream, seq, at])).toEqual(wanted.map((e) => [e.stream, e.seq, e.pos]));
      expect(await bench.log.after(asked, from, wanted.length)).toHaveLength(wanted.length);
      if (wanted.length > 0) expect(await bench.log.after(asked, from, wanted.length - 1)).toBeNull();
    }
  });

  test('of more streams than one statement asks for, none is left out, and nothing beyond the heads that were given', async () => {
    await using bench = await createBench(dialect);
    const streams = await written(
      bench,
      Array.from({ length: 450 }, (_, i) => 1 + (i % 3)),
    );
    const heads = await bench.log.heads(streams);
    await written(bench, [3]);
    const lane = bench.lane();
    await lane.change(said, saying(streams[0] ?? ''));
    expect(await bench.log.after(heads, 0, 900)).toHaveLength(900);
    expect(await bench.log.after(heads, 0, 899)).toBeNull();
    expect(await bench.log.after([], 0, 1)).toEqual([]);
  });
});
