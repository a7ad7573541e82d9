import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, newId } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { createBench, said, saying } from '../test/bench.ts';
import { faulty } from '../test/faulty.ts';
import { type Move, moved, openStays } from '../test/moved.ts';
import { changeKind } from './change.ts';
import type { Lane } from './lane.ts';
import { Outdated, Recall } from './recall.ts';

/** Says something where one is. `reads`: of how many streams it had to be read who is there. */
function speech() {
  const count = { reads: 0 };
  const spoken = changeKind<Move, number, ReadonlySet<string>>()({
    name: 'test.spoken',
    alone: false,
    streams: (input) => [input.stream],
    lookups(inputs, known) {
      const streams = new Set(inputs.map((i) => i.stream).filter((stream) => !known.has(stream)));
      count.reads += streams.size;
      return { stays: openStays([...streams]) };
    },
    facts(found, _inputs, known) {
      const inside = new Map(known);
      for (const row of found.stays) {
        const stream = idOf(row.conversation_id);
        inside.set(stream, new Set(inside.get(stream)).add(idOf(row.user_id)));
      }
      return inside;
    },
    holds: (inside) => inside,
    decide({ stream, userId }, inside, draft) {
      if (!inside.get(stream)?.has(userId)) throw new Refusal('NOT_FOUND');
      return draft.event({ stream, type: 'message.created', actor: userId });
    },
  });
  return { spoken, count };
}

eachDatabase('what a change read under the lock', (dialect: Dialect) => {
  async function scene(plan: Parameters<typeof faulty>[1] = []) {
    const bench = await createBench(dialect);
    const { spoken, count } = speech();
    const [lane, other] = [bench.lane({ wrap: (engine) => faulty(engine, plan) }), bench.lane()];
    const who = { stream: newId(), userId: newId() };
    const moves = (by: Lane, inside: boolean) => by.change(moved, { ...who, inside });
    await moves(lane, true);
    const speak = (by = lane) => by.change(spoken, who);
    return { bench, lane, other, who, moves, speak, count, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() };
  }

  test('the next one need not read, whatever was said in between', async () => {
    await using here = await scene();
    for (let seq = 2; seq < 6; seq++) expect(await here.speak()).toBe(seq);
    await here.lane.change(said, saying(here.who.stream));
    expect([await here.speak(), here.count.reads]).toEqual([7, 1]);
  });

  test('G7: who was removed is refused by the next change, wherever they were removed, though this lane was not told', async () => {
    await using here = await scene();
    for (const by of [here.lane, here.other]) {
      await here.moves(here.other, true);
      await here.speak();
      await here.moves(by, false);
      const before = here.bench.published.length;
      await expect(here.speak()).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(here.bench.published).toHaveLength(before);
    }
    expect(here.bench.faults).toEqual([]);
  });

  test('what only was said elsewhere is no reason to read again, once it was heard; before, it is read again', async () => {
    await using here = await scene();
    await here.speak();
    await here.speak(here.other);
    expect(here.count.reads, 'each lane for itself').toBe(2);
    for (const event of here.bench.published.slice(-1)) here.lane.heard(event);
    expect([await here.speak(), here.count.reads]).toEqual([4, 2]);
    await here.speak(here.other);
    expect(here.count.reads, 'the other one had not heard').toBe(3);
    expect(here.bench.faults).toEqual([]);
  });

  test('G3: nor is a commit whose answer was lost a reason to refuse: it is read again', async () => {
    const plan: Parameters<typeof faulty>[1] = [];
    await using here = await scene(plan);
    await here.speak();
    plan.push({ at: 'commitReply', as: 'lost' });
    expect(await here.speak(), 'this change has no id by which it knew itself').toBe(4);
    expect([await here.speak(), here.count.reads, here.bench.faults]).toEqual([5, 2, []]);
  });

  test('G7: in 200 races of a removal with posts, nobody has said anything after they were gone', async () => {
    await using here = await scene();
    let [spoke, refused] = [0, 0];
    for (let round = 0; round < 200; round++) {
      await here.moves(here.lane, true);
      await Promise.all([here.speak(), here.speak(here.other)]); // both lanes hold on to who is there
      const remove = () => here.moves(round % 2 === 0 ? here.other : here.lane, false);
      const early = round % 4 < 2 ? remove() : null;
      if (round % 8 === 0) await early; // and where it has come before, though the lane was not told
      const posts = Array.from({ length: 3 }, (_, n) => here.speak(n === 2 ? here.other : here.lane));
      const gone = early ?? remove();
      for (const { status } of await Promise.allSettled([...posts, here.speak()])) status === 'fulfilled' ? spoke++ : refused++;
      await gone;
    }
    let inside = false;
    for (const { type, seq } of here.bench.published.toSorted((a, b) => a.pos - b.pos)) {
      if (type === 'message.created') expect(inside, `said as ${seq}`).toBe(true);
      else inside = type === 'member.added';
    }
    expect(spoke + refused).toBe(800);
    expect([spoke > 0, refused > 0, here.bench.faults]).toEqual([true, true, []]);
  }, 60_000);
});

describe('a fact that is held on to', () => {
  function holding() {
    const recall = new Recall();
    const id = newId();
    recall.keep([[id, 'fact']], [{ id: bytesOf(id), seq: 3 }]);
    const heard = (seq: number, type: 'message.created' | 'reaction.added' | 'member.left') => recall.heard({ stream: id, seq, type });
    return {
      recall,
      id,
      heard,
      good: (seq: number) => recall.check(recall.of([id]), new Map([[id, seq]])),
      known: () => recall.of([id]).known.size,
    };
  }

  test('is good where the head stood or was heard to go, an event heard twice being one', () => {
    const { good, heard } = holding();
    good(3);
    heard(3, 'member.left'); // of before
    heard(4, 'message.created');
    heard(4, 'message.created');
    heard(5, 'reaction.added');
    good(5);
    expect(() => good(6)).toThrow(Outdated);
  });

  test('is forgotten when somebody moves, and when something was not heard', () => {
    const moves = holding();
    moves.heard(4, 'member.left');
    expect(moves.known()).toBe(0);
    const gap = holding();
    gap.heard(5, 'message.created');
    expect(gap.known()).toBe(0);
    const before = holding();
    expect(() => before.good(2)).toThrow(Outdated);
    expect(before.known()).toBe(0);
  });

  test('of ten thousand streams at most', () => {
    const recall = new Recall();
    const ids = Array.from({ length: 10_001 }, () => newId());
    for (const id of ids) recall.keep([[id, 1]], [{ id: bytesOf(id), seq: 1 }]);
    expect(recall.of(ids).known.size).toBe(1);
  });
});
