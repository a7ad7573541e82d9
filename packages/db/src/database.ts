import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { type Claim, createClaims } from './claim.ts';
import { openSqliteAside } from './engine/aside/aside.ts';
import type { Engine } from './engine/engine.ts';
import { openMySqlEngine } from './engine/mysql.ts';
import { openSqliteHere } from './engine/sqlite.ts';
import { instanceOf } from './instance.ts';
import { type Orm, openOrm, type Reader, readerOf } from './orm.ts';
import { mustBeMySql } from './server.ts';
import { sideReader } from './side/reader.ts';
import { openSide } from './side/side.ts';
import { type DatabaseUrl, parseDatabaseUrl } from './url.ts';

export interface Db {
  readonly url: DatabaseUrl;
  readonly orm: Orm;
  /** Typed reads. Writes go through the lane. */
  readonly read: Reader;
  /** The same reads where they may take long (search, analytics, export): on SQLite in a thread of their own, so that nobody waits behind them. */
  readonly side: Reader;
  /** A connection of its own for a lane. The caller closes it. */
  engine(): Engine;
  /** The right to do one thing alone, among all processes on this database; null while another one has it. */
  claim(name: string): Promise<Claim | null>;
  /** The key that seals cursors and derives links: sixteen bytes, made once at the first start. */
  readonly secret: Buffer;
  /** Which life of the instance this is: a restore changes it. 32 bits. */
  readonly epoch: number;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Seconds for which another process may bring the schema up to date before this one gives up: a large table takes its time. */
  readonly turnWithin?: number;
  /** Writes to an SQLite file in a thread of its own, so that nobody waits while the disk does: what a server wants. */
  readonly writesAside?: boolean;
}

/** The database is in use by another process: told in one sentence. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';
}

/**
 * Opens the database named by a URL, brings its schema up to date and checks it.
 * Throws DatabaseInUse when another process owns the SQLite file or is still bringing MySQL's schema up to date, DatabaseUnusable when it was left half-way or moved or is a MariaDB, and the driver's error when the server cannot be reached.
 */
export async function openDatabase(rawUrl: string, { turnWithin = 3_600, writesAside = false }: OpenOptions = {}): Promise<Db> {
  const url = parseDatabaseUrl(rawUrl);
  const release = url.dialect === 'sqlite' ? own(url.path) : () => {};
  try {
    const orm = await openOrm(url);
    await inTurn(url, turnWithin, async () => {
      if (url.dialect === 'mysql') await orm.schema.ensureDatabase();
      await orm.migrator.up();
    });
    const read = await readerOf(orm);
    const { secret, epoch } = await instanceOf(read);
    // Without this row pos would be taken from what the connection remembers: better not to start.
    await read
      .selectFrom('log_head')
      .select('pos')
      .where('id', '=', 1)
      .executeTakeFirstOrThrow(() => new Error('The row of log_head is missing: this database was restored in part.'));
    const side = url.dialect === 'sqlite' ? sideReader(openSide(url.path)) : read; // a pool waits for nobody
    return {
      url,
      orm,
      read,
      side,
      secret,
      epoch: Number(epoch),
      engine: () => {
        if (url.dialect === 'mysql') return openMySqlEngine(url);
        return writesAside ? openSqliteAside(url.path) : openSqliteHere(url.path);
      },
      claim: createClaims(url),
      async close() {
        if (side !== read) await side.destroy();
        await orm.close(true);
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Processes that start together bring the schema up to date one after the other. SQLite's file has one owner anyway. */
async function inTurn(url: DatabaseUrl, turnWithin: number, work: () => Promise<void>): Promise<void> {
  if (url.dialect === 'sqlite') return work();
  const server = new URL(url.href);
  server.pathname = '';
  const connection = await createConnection({ uri: server.href });
  try {
    await mustBeMySql(connection);
    const [[lock]] = await connection.query<RowDataPacket[]>('select get_lock(?, ?) as got', [
      `koreromai ${url.name}`.slice(0, 64),
      turnWithin,
    ]);
    if (lock?.got !== 1)
      throw new DatabaseInUse(
        `Another KoreroMai process has been bringing ${url.name} up to date for ${turnWithin} seconds. Stop it first.`,
      );
    await settled(connection, url.name);
    await work();
  } finally {
    await connection.end(); // which lets go of the lock
  }
}

/**
 * Waits for what a killed process left running: MySQL carries a long ALTER TABLE to its end though nobody waits for it, and whoever looks
 * meanwhile finds its index missing and adds it a second time. Only what runs already is waited for, and only while it is the same statement:
 * the other nodes never cease to write.
 */
async function settled(connection: Connection, name: string): Promise<void> {
  const since = performance.now();
  let left: Set<number> | undefined;
  for (;;) {
    const [threads] = await connection.query<RowDataPacket[]>('show processlist');
    const writing = threads.filter(({ db, Info }) => db === name && /^\s*(alter|create|insert|update|drop)\b/i.test(Info ?? ''));
    left ??= new Set(writing.map(({ Id }) => Id));
    const age = Math.floor((performance.now() - since) / 1_000) - 1; // MySQL counts whole seconds
    if (!writing.some(({ Id, Time }) => left?.has(Id) && Time >= age)) return;
    await setTimeout(100);
  }
}

/** One process owns the file, or DatabaseInUse is thrown: an exclusive transaction on a file beside it, which the operating system ends with the process. */
export function own(path: string): () => void {
  const lock = new Database(`${path}.lock`, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch {
    lock.close();
    throw new DatabaseInUse(`Another KoreroMai process is using ${path}. Stop it first, or give this one another DATA_DIR.`);
  }
  return () => lock.close();
}
