import type { EngineFault } from './engine.ts';

const duplicate = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
/** Lock wait time-out, deadlock, SQLite's busy family. */
const retry = new Set(['ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_DEADLOCK', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED']);
const lost = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_NEW_ABORTING_CONNECTION',
  'THREAD_ENDED',
]);

/** The `code` of an error that says that a head was not where it was believed to be. */
export const headMoved = 'HEAD_MOVED';

/** The disk, or what the database may take of it. */
const full = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL', 'ER_DISK_FULL_NOWAIT']);

/** Sorts a driver's error by what can be done about it. */
export function faultOf(error: unknown): EngineFault {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (full.has(code)) return 'full';
  if (duplicate.has(code)) return 'duplicate';
  if (code === headMoved) return 'moved';
  if (retry.has(code)) return 'retry';
  if (lost.has(code) || (error instanceof Error && /closed state|connection.*(closed|lost|ended)/i.test(error.message))) return 'lost';
  return 'other';
}
