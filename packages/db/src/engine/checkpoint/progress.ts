import type Database from 'better-sqlite3';

/** How long the write-ahead log is, in pages, and how many of them stand in the file. */
export interface Progress {
  readonly pages: number;
  readonly copied: number;
}

/** Copies what no reader holds back, without waiting for anybody. */
export const copied = (db: Database.Database): Progress => ask(db, 'passive');

/** Copies nothing. */
export const progress = (db: Database.Database): Progress => ask(db, 'noop');

function ask(db: Database.Database, how: 'passive' | 'noop'): Progress {
  const [row] = db.pragma(`wal_checkpoint(${how})`) as { log: number; checkpointed: number }[];
  return { pages: row?.log ?? 0, copied: row?.checkpointed ?? 0 };
}
