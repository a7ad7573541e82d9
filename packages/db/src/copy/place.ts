import { existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { entities } from '../entities/index.ts';
import { mustBeMySql } from '../server.ts';
import type { DatabaseUrl } from '../url.ts';

/** The place is taken, or what should go there does not fit: told in one sentence. */
export class PlaceUnfit extends Error {
  override readonly name = 'PlaceUnfit';
}

const taken = (where: string) => new PlaceUnfit(`${where} is not empty: name one that is, or that does not exist yet.`);

const known = new Set<string>(['migration', ...entities.map(({ meta }) => meta.tableName)]);
/** With those that SQLite makes for itself and for the index of words. */
const isOurs = (table: string) => known.has(table) || /^(message_fts|sqlite)_/.test(table);

/**
 * Nothing of anybody's is in it: no tables, or ours alone, of a filling that did not end, of a server that nobody has signed up at, or of a first
 * migration that was cut off before it made `instance`, the last of its tables. (MySQL commits each by itself.)
 */
async function isFree(tables: readonly string[], some: (table: string) => boolean | Promise<boolean>): Promise<boolean> {
  if (tables.length === 0) return true;
  if (!tables.every(isOurs)) return false;
  if (tables.includes('instance')) return !(await some('instance')) || !tables.includes('user') || !(await some('user'));
  if (!tables.includes('migration')) return false;
  for (const table of tables) if (table !== 'log_head' && (await some(table))) return false;
  return true;
}

/** Takes away a file that nothing of anybody's is in. Throws PlaceUnfit for another, which stays as it is. */
export async function emptyFile(path: string): Promise<void> {
  if (existsSync(path)) {
    const db = new Database(path);
    try {
      const tables = db.prepare<[], string>("select name from sqlite_master where type = 'table'").pluck().all();
      const some = (table: string) => db.prepare(`select 1 from "${table}" limit 1`).get() !== undefined;
      if (!(await isFree(tables, some))) throw taken(path);
    } finally {
      db.close();
    }
  }
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
}

/** Drops the tables of a database on a server that nothing of anybody's is in. Throws PlaceUnfit for another, which stays as it is. */
export async function emptyServer(url: Extract<DatabaseUrl, { dialect: 'mysql' }>): Promise<void> {
  const server = new URL(url.href);
  server.pathname = '';
  const connection = await createConnection({ uri: server.href });
  try {
    await mustBeMySql(connection); // before anything is dropped there
    const [found] = await connection.query<RowDataPacket[]>(
      'select table_name as name from information_schema.tables where table_schema = ?',
      [url.name],
    );
    const tables = found.map((row) => String(row.name));
    const some = async (table: string) => {
      const [rows] = await connection.query<RowDataPacket[]>('select 1 from ??.?? limit 1', [url.name, table]);
      return rows.length > 0;
    };
    if (!(await isFree(tables, some))) throw taken(`The database ${url.name}`);
    for (const table of tables) await connection.query('drop table ??.??', [url.name, table]);
  } finally {
    await connection.end();
  }
}
