import { workerData } from 'node:worker_threads';
import { answering } from '../../thread/answering.ts';
import { openCopier } from '../checkpoint/checkpoints.ts';
import { openSqliteEngine } from '../sqlite.ts';
import { type Begun, eventBack, headBack, headOut, lockBack, lookupBack, moveBack, type Order, rowOut, writeBack } from './wire.ts';

// Runs in the thread that aside.ts opens: the engine itself, and what goes to and fro.
const { path, long } = workerData as { path: string; long?: number };
const copier = openCopier(path);
const engine = openSqliteEngine(path, copier, long);

answering((order: string): string | number | null => {
  const asked: Order = JSON.parse(order);
  if (asked.do === 'begin' || asked.do === 'look') {
    const { heads, found } = engine[asked.do](asked.locks.map(lockBack), asked.lookups.map(lookupBack));
    const rows = found.map((some, i) => some.map((row) => rowOut(asked.lookups[i] ?? { columns: [] }, row)));
    return JSON.stringify({ heads: heads.map(headOut), found: rows } satisfies Begun);
  }
  if (asked.do === 'commit') return engine.commit(asked.writes.map(writeBack), asked.events.map(eventBack), asked.heads.map(headBack));
  if (asked.do === 'commitAt') return engine.commitAt(asked.writes.map(writeBack), asked.events.map(eventBack), asked.moves.map(moveBack));
  if (asked.do === 'rollback') engine.rollback();
  else engine.close();
  return null;
}, copier.close);
