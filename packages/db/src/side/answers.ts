import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { answering } from '../thread/answering.ts';
import type { Answer, Question } from './side.ts';

// Runs in the thread that side.ts opens.
/** Beyond this many different statements the prepared ones are forgotten: lists of ids make endless kinds. */
const mostPrepared = 200;

const db = new Database((workerData as { path: string }).path, { readonly: true, timeout: 5000 });
db.pragma('query_only = on');
db.pragma('mmap_size = 1073741824'); // long reads touch many pages: without a copy of each
const prepared = new Map<string, Database.Statement>();

function statement(sql: string): Database.Statement {
  let found = prepared.get(sql);
  if (!found) {
    if (prepared.size >= mostPrepared) prepared.clear();
    prepared.set(sql, (found = db.prepare(sql).raw()));
  }
  return found;
}

answering(({ sql, parameters }: Question): Answer => {
  const select = statement(sql);
  return { columns: select.columns().map((c) => c.name), rows: select.all(...parameters) as unknown[][] };
});
