import type Database from 'better-sqlite3';
import { openThread } from '../../thread/thread.ts';
import { copied, progress } from './progress.ts';

/** Of the write-ahead log, 128 MB. With fewer, pages that change all the time are copied and synced more often. */
export const longLog = 32_768;

/** Pages of a large commit: how long the log is, is not asked behind commits that hardly make it too long. Asking is a twentieth of a small one. */
const large = 256;

export interface Copier {
  /** Copies most of the write-ahead log into the file, from wherever it is called. */
  copy(): Promise<unknown>;
  close(): Promise<void>;
}

/** Copies in a thread of its own, which starts when it is first needed: few instances ever write so much. */
export function openCopier(path: string): Copier {
  const thread = openThread(new URL('./copies.ts', import.meta.url), { path });
  return { copy: () => thread.ask(null), close: () => thread.close() };
}

/**
 * Keeps the write-ahead log of this connection from growing without bound while others copy it: by itself SQLite copies behind a commit, and who
 * wrote waits for that and for the disk. Gives what to call behind each commit.
 *
 * What was written during the copying is left to this connection: only where all of it stands in the file does the log begin anew.
 */
export function createCheckpoints(db: Database.Database, { copy }: Pick<Copier, 'copy'>, long: number): () => void {
  db.pragma(`wal_autocheckpoint = ${long * 4}`); // should the other thread not come to it
  let copying = false;
  let rest = false;
  let from = long;
  let unasked = 0;
  return () => {
    if (copying || unasked-- > 0) return;
    if (rest) {
      rest = false;
      from = copied(db).pages + long / 16; // where readers hold it, it is not tried behind each commit
    }
    const { pages } = progress(db);
    if (pages < long) from = long; // it began anew
    unasked = Math.floor((from - pages) / large);
    if (pages < from) return;
    copying = true;
    copy().then(
      () => {
        copying = false;
        rest = true;
      },
      () => db.open && db.pragma(`wal_autocheckpoint = ${long}`), // not asked again: this connection copies by itself from now on
    );
  };
}
