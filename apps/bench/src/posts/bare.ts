import { bytesOf, newId } from '@koreromai/db';
import Database from 'better-sqlite3';
import { createPool } from 'mysql2/promise';
import type { Temporary } from '../databases.ts';
import type { Worker } from '../worker.ts';
import type { Poster } from './fixture.ts';
import { closedLoop, text } from './loop.ts';

const columns = ['conversation_id', 'seq', 'id', 'author_id', 'text', 'version', 'created_at', 'updated_at'];
const insert = `insert into message (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`;

/** What the driver can do alone: one prepared INSERT into the real table per post, committed by itself, no membership and no log. */
export function openBare({ place, url, name }: Temporary, posters: readonly Poster[]): Worker {
  const seqs = new Map<string, number>();
  const turns = posters.map(() => 0);
  const row = (i: number) => {
    const poster = posters[i];
    const turn = (turns[i] = (turns[i] ?? 0) + 1);
    const conversation = poster?.turns[turn % poster.turns.length] ?? '';
    const seq = (seqs.get(conversation) ?? 0) + 1;
    seqs.set(conversation, seq);
    const now = Date.now();
    return [bytesOf(conversation), seq, bytesOf(newId(now)), bytesOf(poster?.id ?? ''), text, 1, now, now];
  };
  const worker = (post: (poster: number) => Promise<void>, close: () => Promise<void>): Worker => ({
    ask: async ({ ms }) => ({ ...(await closedLoop(posters.length, ms, post)), delivered: 0 }),
    [Symbol.asyncDispose]: close,
  });
  if (place.kind === 'mysql') {
    const pool = createPool({ uri: url, connectionLimit: 16 });
    return worker(
      async (i) => void (await pool.execute(insert, row(i))),
      () => pool.end(),
    );
  }
  const db = new Database(name);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  const statement = db.prepare(insert);
  return worker(
    async (i) => void statement.run(row(i)),
    async () => void db.close(),
  );
}
