import { workerData } from 'node:worker_threads';
import { answeringTogether } from '../../thread/answering.ts';
import { attempt } from '../../thread/reply.ts';
import { openCopier } from '../checkpoint/checkpoints.ts';
import type { Ahead } from '../engine.ts';
import { openSqliteEngine } from '../sqlite.ts';
import { type Begun, eventBack, headBack, headOut, lockBack, lookupBack, moveBack, type Order, rowOut, writeBack } from './wire.ts';

// Runs in the thread that aside.ts opens: the engine itself, and what goes to and fro.
const { path, long } = workerData as { path: string; long?: number };
const copier = openCopier(path);
const engine = openSqliteEngine(path, copier, long);

answeringTogether(function* (orders: readonly string[]) {
  const waiting: Parameters<Ahead['commit']>[] = [];
  for (const order of orders) {
    const asked: Order = JSON.parse(order);
    if (asked.do === 'commitAt') waiting.push([asked.writes.map(writeBack), asked.events.map(eventBack), asked.moves.map(moveBack)]);
    else {
      if (waiting.length > 0) yield engine.commitAt(waiting.splice(0));
      yield [attempt(() => answer(asked))];
    }
  }
  if (waiting.length > 0) yield engine.commitAt(waiting);
}, copier.close);

function answer(asked: Exclude<Order, { do: 'commitAt' }>): string | number | null {
  if (asked.do === 'begin' || asked.do === 'look') {
    const { heads, found } = engine[asked.do](asked.locks.map(lockBack), asked.lookups.map(lookupBack));
    const rows = found.map((some, i) => some.map((row) => rowOut(asked.lookups[i] ?? { columns: [] }, row)));
    return JSON.stringify({ heads: heads.map(headOut), found: rows } satisfies Begun);
  }
  if (asked.do === 'commit') return engine.commit(asked.writes.map(writeBack), asked.events.map(eventBack), asked.heads.map(headBack));
  if (asked.do === 'rollback') engine.rollback();
  else engine.close();
  return null;
}
