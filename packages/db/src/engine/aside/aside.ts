import { openThread } from '../../thread/thread.ts';
import type { Engine } from '../engine.ts';
import { type Begun, eventOut, headBack, headOut, lockOut, lookupOut, type Order, rowBack, writeOut } from './wire.ts';

/**
 * The lane's connection to an SQLite file in a thread of its own: while the disk takes a batch, the process goes on talking to people.
 * Should the thread die, its transaction is rolled back, and the next one begins in a new thread.
 */
export function openSqliteAside(path: string): Engine {
  const thread = openThread(new URL('./answers.ts', import.meta.url), { path });
  const ask = (order: Order) => thread.ask(JSON.stringify(order));
  let opened = false;
  return {
    overlaps: true,
    async begin(locks, lookups) {
      opened = true;
      const begun: Begun = JSON.parse(String(await ask({ do: 'begin', locks: locks.map(lockOut), lookups: lookups.map(lookupOut) })));
      return {
        heads: begun.heads.map(headBack),
        found: lookups.map((one, i) => (begun.found[i] ?? []).map((row) => rowBack(one, row))),
      };
    },
    async commit(writes, events, heads) {
      const order: Order = { do: 'commit', writes: writes.map(writeOut), events: events.map(eventOut), heads: heads.map(headOut) };
      return (await ask(order)) as number | null;
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
