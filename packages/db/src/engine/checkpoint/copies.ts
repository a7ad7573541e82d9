import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { answering } from '../../thread/answering.ts';
import { copied, progress } from './progress.ts';

// Runs in the thread that checkpoints.ts opens.
const db = new Database((workerData as { path: string }).path);
db.pragma('synchronous = full'); // the log may begin anew only once the disk has in the file what stood in it

/** So few that the writer copies them in passing. */
const few = 256;
/** Each round is shorter than the one before: only what was written during that is left. */
const rounds = 4;

answering((): null => {
  for (let round = 0; round < rounds; round++) {
    copied(db);
    const now = progress(db);
    if (now.pages - now.copied < few) break;
  }
  return null;
});
