import { openThread } from '../../thread/thread.ts';
import type { Engine, Head, Lookup, Row } from '../engine.ts';
import { type Begun, eventOut, headBack, headOut, lockOut, lookupOut, moveOut, type Order, rowBack, writeOut } from './wire.ts';

/**
 * The lane's connection to an SQLite file in a thread of its own: while the disk takes a batch, the process goes on talking to people.
 * Should the thread die, its transaction is rolled back, and the next one begins in a new thread. `long`: pages of the write-ahead log from
 * which on it is copied into the file.
 */
export function openSqliteAside(path: string, long?: number): Engine {
  const thread = openThread(new URL('./answers.ts', import.meta.url), { path, long });
  const ask = (order: Order) => thread.ask(JSON.stringify(order));
  let opened = false;
  async function read(
    how: 'begin' | 'look',
    locks: readonly Buffer[],
    lookups: readonly Lookup[],
  ): Promise<{ heads: Head[]; found: Row[][] }> {
    opened = true;
    const begun: Begun = JSON.parse(String(await ask({ do: how, locks: locks.map(lockOut), lookups: lookups.map(lookupOut) })));
    return {
      heads: begun.heads.map(headBack),
      found: lookups.map((one, i) => (begun.found[i] ?? []).map((row) => rowBack(one, row))),
    };
  }
  return {
    overlaps: true,
    begin: (locks, lookups) => read('begin', locks, lookups),
    async commit(writes, events, heads) {
      const order: Order = { do: 'commit', writes: writes.map(writeOut), events: events.map(eventOut), heads: heads.map(headOut) };
      return (await ask(order)) as number | null;
    },
    ahead: {
      look: (streams, lookups) => read('look', streams, lookups),
      async commit(writes, events, moves) {
        opened = true;
        const order: Order = { do: 'commitAt', writes: writes.map(writeOut), events: events.map(eventOut), moves: moves.map(moveOut) };
        return (await ask(order)) as number | null;
      },
    },
    async rollback() {
      if (opened) await ask({ do: 'rollback' });
    },
    async close() {
      if (opened) await ask({ do: 'close' }).catch(() => null); // a thread that died holds nothing open
      await thread.close();
    },
  };
}
