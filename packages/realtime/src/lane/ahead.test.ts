import { Refusal } from '@koreromai/contract';
import { bytesOf, type Engine, idOf, lookup, newId } from '@koreromai/db';
import { describe, expect, test } from 'vitest';
import { createBench, ledger } from '../test/bench.ts';
import { type Move, moved, openStays } from '../test/moved.ts';
import { changeKind } from './change.ts';
import type { Lane } from './lane.ts';

interface Word extends Move {
  readonly id: string;
}

interface Facts {
  readonly inside: ReadonlyMap<string, ReadonlySet<string>>;
  readonly before: ReadonlyMap<string, number>;
}

/** Says something where one is, once under one id. */
const spoken = changeKind<Word, { seq: number; replayed: boolean }, ReadonlySet<string>>()({
  name: 'test.spoken',
  alone: false,
  streams: (input) => [input.stream],
  lookups: (inputs, known) => ({
    stays: openStays([...new Set(inputs.map((i) => i.stream))].filter((stream) => !known.has(stream))),
    before: lookup(
      'message',
      ['id', 'seq'],
      ['id'],
      inputs.map((i) => [bytesOf(i.id)]),
    ),
  }),
  facts(found, _inputs, known): Facts {
    const inside = new Map(known);
    for (const row of found.stays) {
      const stream = idOf(row.conversation_id);
      inside.set(stream, new Set(inside.get(stream)).add(idOf(row.user_id)));
    }
    return { inside, before: new Map(found.before.map((row) => [idOf(row.id), Number(row.seq)])) };
  },
  holds: ({ inside }) => inside,
  ahead: { fits: () => true, facts: (known): Facts => ({ inside: known, before: new Map() }) },
  decide({ stream, userId, id }, { inside, before }, draft) {
    const earlier = before.get(id);
    if (earlier !== undefined) return { seq: earlier, replayed: true };
    if (!inside.get(stream)?.has(userId)) throw new Refusal('NOT_FOUND');
    const seq = draft.event({ stream, type: 'message.created', actor: userId, subject: id });
    const row = { conversation_id: bytesOf(stream), seq, id: bytesOf(id), author_id: bytesOf(userId), text: 'kia ora', version: 1 };
    draft.insert('message', { ...row, created_at: draft.now, updated_at: draft.now });
    return { seq, replayed: false };
  },
});

/** Notes what the database is asked. */
function noted(engine: Engine, asked: string[], strike: (what: string) => void = () => {}): Engine {
  const { ahead } = engine;
  const note = (what: string) => {
    asked.push(what);
    strike(what);
  };
  return {
    ...engine,
    async begin(locks, lookups) {
      note('begin');
      return engine.begin(locks, lookups);
    },
    ...(ahead && {
      ahead: {
        async look(streams, lookups) {
          note('look');
          return ahead.look(streams, lookups);
        },
        async commit(writes, events, moves) {
          note(`commit of ${events.length}`);
          return ahead.commit(writes, events, moves);
        },
      },
    }),
  };
}

describe.each([
  ['in the thread that calls', false],
  ['in a thread of its own', true],
])('a change that rests on what is held on to, SQLite %s', (_where, writesAside) => {
  async function scene(strike?: (what: string) => void) {
    const bench = await createBench('sqlite', { writesAside });
    const asked: string[] = [];
    const [lane, other] = [bench.lane({ wrap: (engine) => noted(engine, asked, strike) }), bench.lane()];
    const who = { stream: newId(), userId: newId() };
    const move = (by: Lane, inside: boolean) => by.change(moved, { ...who, inside });
    await move(other, true);
    const speak = (id = newId(), by = lane) => by.change(spoken, { ...who, id });
    return { bench, lane, other, asked, who, move, speak, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() };
  }

  test('asks the database once; what it rests on was looked up without locks, once', async () => {
    await using here = await scene();
    for (let seq = 2; seq < 6; seq++) expect(await here.speak()).toEqual({ seq, replayed: false });
    expect(here.asked).toEqual(['look', ...Array(4).fill('commit of 1')]);
  });

  test('goes with those that wait with it, sixteen at once or half of them, and they are told in the order of the log', async () => {
    await using here = await scene();
    await here.speak();
    const answers = await Promise.all(Array.from({ length: 50 }, () => here.speak()));
    expect(answers.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 3));
    expect(here.asked.slice(2)).toEqual(['commit of 25', 'commit of 16', 'commit of 9']);
    const { events, pos } = await ledger(here.bench.db);
    expect(here.bench.published.map((event) => event.pos)).toEqual(events.map((event) => event.pos));
    expect(pos).toBe(52);
  });

  test('G7: whoever was removed elsewhere is refused, though this lane was not told, and who was right is not', async () => {
    await using here = await scene();
    await here.speak();
    await here.move(here.other, false);
    await expect(here.speak()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(here.asked).toEqual(['look', 'commit of 1', 'commit of 1', 'begin']);
    await here.move(here.other, true);
    expect(await here.speak()).toMatchObject({ seq: 5 });
    expect(here.bench.faults).toEqual([]);
  });

  test('G7: what was sent after one that did not come to be does not slip in where somebody else has gone on meanwhile', async () => {
    await using here = await scene();
    await here.speak();
    // Twenty-five wait behind twenty-five; of the others' events there are so many that the second batch would find the head where it is believed to be.
    const gone = Array.from({ length: 24 }, () => here.speak(newId(), here.other));
    await Promise.all(gone);
    await here.move(here.other, false);
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => here.speak()));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect((await ledger(here.bench.db)).events).toHaveLength(27);
  });

  test('G3: the same again is known again, while the first is on its way and later', async () => {
    await using here = await scene();
    await here.speak();
    const id = newId();
    const again = await Promise.all([here.speak(id), ...Array.from({ length: 30 }, () => here.speak()), here.speak(id), here.speak(id)]);
    expect(again.filter(({ replayed }) => replayed)).toHaveLength(2);
    expect(new Set(again.map(({ seq }) => seq)).size).toBe(31);
    expect(await here.speak(id)).toEqual({ seq: again[0]?.seq, replayed: true });
    expect(here.bench.faults).toEqual([]);
  });

  test('one that would be refused is refused by what was read, and those who came with it are not', async () => {
    await using here = await scene();
    await here.speak();
    const stranger = here.lane.change(spoken, { stream: here.who.stream, userId: newId(), id: newId() }).catch((error) => error.code);
    expect(await Promise.all([here.speak(), stranger, here.speak()])).toMatchObject([{ seq: 3 }, 'NOT_FOUND', { seq: 4 }]);
  });

  test('where nothing could be looked up, it begins with locks and is answered all the same', async () => {
    await using here = await scene((what) => {
      if (what === 'look') throw Object.assign(new Error('planned'), { code: 'THREAD_ENDED' });
    });
    expect(await here.speak()).toMatchObject({ seq: 2 });
    expect(here.asked).toEqual(['look', 'begin']);
  });

  test('changes of other kinds wait until it has landed, and it for them', async () => {
    await using here = await scene();
    await here.speak();
    const order: string[] = [];
    const words = Array.from({ length: 20 }, () => here.speak().then(() => order.push('said')));
    const coming = here.lane.change(moved, { stream: here.who.stream, userId: newId(), inside: true }).then(() => order.push('came'));
    const later = here.speak().then(() => order.push('said later'));
    await Promise.all([...words, coming, later]);
    expect(order).toEqual([...Array(20).fill('said'), 'came', 'said later']);
  });

  test('G7: in 200 races of a removal with words, nobody has said anything after they were gone', async () => {
    await using here = await scene();
    let [spoke, refused] = [0, 0];
    for (let round = 0; round < 200; round++) {
      await here.move(here.lane, true);
      await Promise.all([here.speak(), here.speak(newId(), here.other)]);
      const remove = () => here.move(round % 2 === 0 ? here.other : here.lane, false);
      const early = round % 4 < 2 ? remove() : null;
      if (round % 8 === 0) await early;
      const words = Array.from({ length: 20 }, (_, n) => here.speak(newId(), n % 5 === 4 ? here.other : here.lane));
      const removed = early ?? remove();
      for (const { status } of await Promise.allSettled([...words, here.speak()])) status === 'fulfilled' ? spoke++ : refused++;
      await removed;
    }
    let inside = false;
    for (const { type, seq } of here.bench.published.toSorted((a, b) => a.pos - b.pos)) {
      if (type === 'message.created') expect(inside, `said as ${seq}`).toBe(true);
      else inside = type === 'member.added';
    }
    expect(spoke + refused).toBe(200 * 21);
    expect([spoke > 0, refused > 0, here.bench.faults]).toEqual([true, true, []]);
  }, 60_000);
});

test('G1: a thread that dies takes those on their way along; tried again, each stands once', async () => {
  await using bench = await createBench('sqlite', { writesAside: true });
  const threads: { terminate(): Promise<number> }[] = [];
  const watch = (thread: { terminate(): Promise<number> }) => threads.push(thread);
  process.on('worker', watch);
  const lane = bench.lane();
  const who = { stream: newId(), userId: newId() };
  await lane.change(moved, { ...who, inside: true });
  let said = 0;
  for (let round = 0; round < 20; round++) {
    const words = Array.from({ length: 60 }, () => lane.change(spoken, { ...who, id: newId() }));
    said += words.length;
    await words[0]; // the others are on their way, or wait
    await threads.at(-1)?.terminate();
    await Promise.all(words);
  }
  process.off('worker', watch);
  const { events, pos } = await ledger(bench.db);
  expect(threads.length).toBeGreaterThan(10);
  expect([pos, new Set(events.map((event) => event.subject)).size]).toEqual([said + 1, said + 1]);
  const told = bench.published.map((event) => event.pos); // but for those whose answer was lost: the log knows
  expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
  expect(bench.faults).toEqual([]);
}, 60_000);
