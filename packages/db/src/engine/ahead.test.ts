import { freshDatabase } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { bytesOf, newId } from '../ids.ts';
import { type Ahead, type Engine, lookup, type Move } from './engine.ts';
import { faultOf } from './fault.ts';

const settings = (name: string) => lookup('setting', ['name', 'value'], ['name'], [[name]]);
const write = (name: string) => ({
  ...{ do: 'insert' as const, table: 'setting' as const, columns: ['name', 'value', 'updated_at', 'updated_by'] },
  ...{ rows: [[name, '1', 1, null]], onDuplicate: 'fail' as const },
});
const event = (id: Buffer, seq: number) => ({
  ...{ stream_id: id, seq, type: 'message.created', actor_id: null, subject_id: null, number: null, at: 1 },
});

describe.each([
  ['in the thread that calls', false],
  ['in a thread of its own', true],
])('SQLite %s, without waiting for locks', (_where, writesAside) => {
  async function scene() {
    const database = await freshDatabase('sqlite');
    const db = await database.open({ writesAside });
    const engine = db.engine() as Engine & { readonly ahead: Ahead };
    const id = bytesOf(newId());
    /** Writes a setting and an event that takes the stream from one place to the next. */
    const move = (from: number, name = `setting ${from}`, other: readonly Move[] = []) =>
      engine.ahead.commit([write(name)], [event(id, from + 1)], [{ id, from, to: from + 1 }, ...other]);
    const stands = async () => {
      const { heads, found } = await engine.ahead.look([id], [settings('setting 0'), settings('setting 1'), settings('setting 2')]);
      return { seq: heads[0]?.seq ?? 0, settings: found.flat().map((row) => row.name) };
    };
    return {
      ...{ engine, id, move, stands },
      async [Symbol.asyncDispose]() {
        await engine.close();
        await db.close();
        await database[Symbol.asyncDispose]();
      },
    };
  }
  const faultsOf = async (all: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(all)).map((one) => (one.status === 'fulfilled' ? one.value : faultOf(one.reason)));

  test('it writes where every head is where it is believed to be, one after the other, and looks without locks', async () => {
    await using here = await scene();
    expect(await Promise.all([here.move(0), here.move(1), here.move(2)])).toEqual([1, 2, 3]);
    expect(await here.stands()).toEqual({ seq: 3, settings: ['setting 0', 'setting 1', 'setting 2'] });
  });

  test('where one is elsewhere nothing is written, nor of what was asked after it, until it begins with locks', async () => {
    await using here = await scene();
    await here.move(0);
    const elsewhere = { id: bytesOf(newId()), from: 1, to: 2 };
    expect(await faultsOf([here.move(1, 'setting 1', [elsewhere]), here.move(1), here.move(1, 'another')])).toEqual(Array(3).fill('moved'));
    expect(await here.stands()).toEqual({ seq: 1, settings: ['setting 0'] });
    await here.engine.begin([here.id], []);
    await here.engine.rollback();
    expect(await here.move(1)).toBe(2);
  });

  test('a key that is taken already is refused, and so is what was asked after it', async () => {
    await using here = await scene();
    await here.move(0);
    expect(await faultsOf([here.move(1, 'setting 0'), here.move(1), here.move(2)])).toEqual(['duplicate', 'moved', 'moved']);
    expect(await here.stands()).toEqual({ seq: 1, settings: ['setting 0'] });
  });

  test('a stream that only has to stand still is looked at and stays where it is', async () => {
    await using here = await scene();
    const still = { id: bytesOf(newId()), from: 0, to: 0 };
    expect(await here.move(0, 'setting 0', [still])).toBe(1);
    expect((await here.engine.ahead.look([still.id], [])).heads).toEqual([]);
    expect(await faultsOf([here.move(1, 'setting 1', [{ ...still, from: 3, to: 3 }])])).toEqual(['moved']);
  });
});
