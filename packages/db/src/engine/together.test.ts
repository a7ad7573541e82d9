import { createDice, type Dice, freshDatabase } from '@koreromai/testing';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { bytesOf, newId } from '../ids.ts';
import { progress } from './checkpoint/progress.ts';
import type { Ahead, Engine, Move } from './engine.ts';
import { faultOf } from './fault.ts';

type Asking = Engine & { readonly ahead: Ahead };
type Work = (engine: Asking, path: string) => Promise<unknown>;
type Order = 'look' | { readonly name: string; readonly moves: readonly Move[] };

const streams = Array.from({ length: 6 }, () => bytesOf(newId())).toSorted(Buffer.compare);
const placeOf = (id: Buffer) => streams.findIndex((one) => one.equals(id));

/** A dozen orders from where the heads stand, each resting on those before. Some have a head elsewhere, or a name that is taken. */
function orders(dice: Dice, heads: number[]): Order[] {
  return Array.from({ length: 12 }, (): Order => {
    if (dice.chance(0.1)) return 'look';
    const moves = streams.flatMap((id, i) => {
      if (dice.chance(0.7)) return [];
      const from = (heads[i] ?? 0) + (dice.chance(0.02) ? 1 : 0);
      const to = from + (dice.chance(0.8) ? 1 : 0);
      heads[i] = to;
      return [{ id, from, to }];
    });
    return { name: `setting ${dice.chance(0.02) ? 'again' : dice.below(1e9)}`, moves };
  });
}

async function ask({ ahead }: Asking, order: Order): Promise<unknown> {
  if (order === 'look') return (await ahead.look(streams, [])).heads.map(({ id, seq }) => [placeOf(id), seq]);
  const { name, moves } = order;
  const event = { type: 'message.created', actor_id: null, subject_id: null, number: null, at: 1 };
  const events = moves.filter(({ from, to }) => to !== from).map(({ id, to }) => ({ stream_id: id, seq: to, ...event }));
  const columns = ['name', 'value', 'updated_at', 'updated_by'] as const;
  return ahead.commit([{ do: 'insert', table: 'setting', columns, rows: [[name, '1', 1, null]], onDuplicate: 'fail' }], events, moves);
}

/** What came of it, and what then stands in the database. */
async function outcome(writesAside: boolean, work: Work) {
  await using database = await freshDatabase('sqlite');
  const db = await database.open({ writesAside });
  const engine = db.engine() as Asking;
  const came = await work(engine, database.url.replace('sqlite:', ''));
  await engine.close();
  const events = await db.read.selectFrom('event').select(['pos', 'stream_id', 'seq']).orderBy('pos').execute();
  const heads = await db.read.selectFrom('stream').select(['id', 'seq', 'pos']).orderBy('id').execute();
  const settings = await db.read.selectFrom('setting').select('name').where('name', 'like', 'setting %').orderBy('name').execute();
  await db.close();
  const places = {
    events: events.map((e) => [e.pos, placeOf(e.stream_id), e.seq]),
    heads: heads.map((h) => [placeOf(h.id), h.seq, h.pos]),
  };
  return { came, ...places, settings: settings.map(({ name }) => name) };
}

/** Rounds of orders, each told as `all` asks them; between them it begins with locks, as who was refused does. */
const rounds =
  (seed: number, all: (asked: readonly (() => Promise<unknown>)[]) => Promise<unknown[]>): Work =>
  async (engine) => {
    const dice = createDice(seed);
    const came: unknown[] = [];
    for (let round = 0; round < 8; round++) {
      const { heads } = await engine.begin(streams, []);
      await engine.rollback();
      const stand = streams.map((id) => heads.find((head) => head.id.equals(id))?.seq ?? 0);
      came.push(...(await all(orders(dice, stand).map((order) => () => ask(engine, order).catch(faultOf)))));
    }
    return came;
  };

test('what is asked at once comes to the same as one after the other, whatever of it is at fault', async () => {
  const seen = new Set<unknown>();
  for (let seed = 1; seed <= 40; seed++) {
    const oneByOne = async (asked: readonly (() => Promise<unknown>)[]) => {
      const came: unknown[] = [];
      for (const one of asked) came.push(await one());
      return came;
    };
    const inTurn = await outcome(false, rounds(seed, oneByOne));
    const atOnce = await outcome(
      true,
      rounds(seed, (asked) => Promise.all(asked.map((one) => one()))),
    );
    expect(atOnce, `seed ${seed}`).toEqual(inTurn);
    for (const one of inTurn.came as unknown[]) seen.add(typeof one === 'string' ? one : 'done');
  }
  expect(seen).toEqual(new Set(['done', 'moved', 'duplicate']));
});

test('what waits is one transaction, and the disk is waited for once', async () => {
  const all = Array.from({ length: 200 }, (_, n) => ({
    name: `setting ${n}`,
    moves: streams.slice(0, 1).map((id) => ({ id, from: n, to: n + 1 })),
  }));
  /** Pages that it adds to the write-ahead log. */
  const pages = (work: (engine: Asking) => Promise<unknown>) =>
    outcome(true, async (engine, path) => {
      const beside = new Database(path);
      const before = progress(beside).pages;
      await work(engine);
      const { pages: behind } = progress(beside);
      beside.close();
      return behind - before;
    });
  const inTurn = await pages(async (engine) => {
    for (const one of all) await ask(engine, one);
  });
  const atOnce = await pages((engine) => Promise.all(all.map((one) => ask(engine, one))));
  expect(inTurn.came).toBeGreaterThan(400);
  expect(Number(atOnce.came)).toBeLessThan(Number(inTurn.came) / 2);
  expect({ ...atOnce, came: null }).toEqual({ ...inTurn, came: null });
});
