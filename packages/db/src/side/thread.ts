import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { Answer, Question } from './side.ts';

/** Beyond this many different statements the prepared ones are forgotten: lists of ids make endless kinds. */
const mostPrepared = 200;

const port = parentPort;
if (port === null) throw new Error('This file is the other side of side.ts and runs in a thread.');

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

function answerTo({ id, sql, parameters }: Question): Answer {
  try {
    const select = statement(sql);
    return { id, columns: select.columns().map((c) => c.name), rows: select.all(...parameters) as unknown[][] };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { id, failed: { message: error instanceof Error ? error.message : String(error), code } };
  }
}

port.on('message', (question: Question) => port.postMessage(answerTo(question)));
