import { setTimeout } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import type { Place } from '../databases.ts';

/** The conversation with the number 0, as `makeOld` names it. */
const first = Buffer.from('cc'.padEnd(32, '0'), 'hex');

/** Writes to a message every ten milliseconds, as somebody who edits would. `end` gives the milliseconds the longest write waited, null where nobody else may write. */
export async function watchWrites(place: Place, url: string): Promise<{ end(): Promise<number | null> }> {
  if (place.kind === 'sqlite') return { end: async () => null };
  const connection = await createConnection(url);
  await connection.query('set session innodb_lock_wait_timeout = 600');
  let ended = false;
  let longest = 0;
  const writing = (async () => {
    while (!ended) {
      const start = performance.now();
      await connection.query('update message set version = version + 0 where conversation_id = ? and seq = 1', [first]);
      longest = Math.max(longest, performance.now() - start);
      await setTimeout(10);
    }
  })();
  return {
    async end() {
      ended = true;
      await writing;
      await connection.end();
      return longest;
    },
  };
}
