import Database from 'better-sqlite3';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { own } from '../database.ts';
import type { Value } from '../engine/engine.ts';
import { literal } from '../engine/mysql.ts';
import { migrations } from '../migrations/sqlite/index.ts';
import { openOrm } from '../orm.ts';
import { type DatabaseUrl, parseDatabaseUrl } from '../url.ts';
import { emptyFile, emptyServer, PlaceUnfit } from './place.ts';
import { type Shape, shapesOf } from './shape.ts';

/** A database that is being filled. Until it has its row of `instance` no server opens it. */
export interface Target {
  readonly shapes: readonly Shape[];
  insert(shape: Shape, rows: readonly Value[][]): Promise<void>;
  close(): Promise<void>;
}

type MySqlUrl = Extract<DatabaseUrl, { dialect: 'mysql' }>;

/**
 * Makes an empty database with the tables that `schema`, a migration's name, ends with, and none of their rows. What an earlier filling
 * left half-way is taken away first. Throws PlaceUnfit where people have accounts already, DatabaseInUse where a server has the file.
 */
export async function openTarget(rawUrl: string, schema: string): Promise<Target> {
  const url = parseDatabaseUrl(rawUrl);
  if (!migrations.some(({ name }) => name === schema))
    throw new PlaceUnfit(`These contents were written by a newer version (${schema}): run that one, or a newer one still.`);
  const release = url.dialect === 'sqlite' ? own(url.path) : () => {};
  try {
    if (url.dialect === 'sqlite') await emptyFile(url.path);
    else await emptyServer(url);
    const orm = await openOrm(url);
    try {
      if (url.dialect === 'mysql') await orm.schema.ensureDatabase();
      await orm.migrator.up({ to: schema });
    } finally {
      await orm.close(true);
    }
    return url.dialect === 'sqlite' ? intoFile(url.path, release) : await intoServer(url);
  } catch (error) {
    release();
    throw error;
  }
}

function intoFile(path: string, release: () => void): Target {
  const db = new Database(path);
  const shapes = shapesOf(
    db
      .prepare<[], { table: string; column: string }>(
        "select m.name as 'table', c.name as 'column' from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'",
      )
      .all(),
  );
  for (const { table } of shapes) db.exec(`delete from "${table}"`);
  return {
    shapes,
    async insert({ table, columns }, rows) {
      const insert = db.prepare(
        `insert into "${table}" (${columns.map((c) => `"${c}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      );
      db.transaction(() => {
        for (const row of rows) insert.run(...row);
      })();
    },
    async close() {
      db.close();
      release();
    },
  };
}

async function intoServer(url: MySqlUrl): Promise<Target> {
  const connection = await fillingConnection(url);
  try {
    const shapes = await shapesThere(connection);
    for (const { table } of shapes) await connection.query(`delete from \`${table}\``);
    return {
      shapes,
      insert: (shape, rows) => insertInto(connection, shape, rows),
      close: () => connection.end(),
    };
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

/** Seconds that a busy server may take to notice that the connection which filled before has ended. */
const lettingGo = 5;

/** A connection that fills a database on a server. Nobody else does at the same time. */
export async function fillingConnection(url: MySqlUrl): Promise<Connection> {
  const connection = await createConnection({
    uri: url.href,
    charset: 'utf8mb4',
    enableKeepAlive: true,
    supportBigNumbers: true,
    connectTimeout: 3_000,
  });
  await connection.query("set session sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_VALUE_ON_ZERO'");
  const [rows] = await connection.query<RowDataPacket[]>('select get_lock(?, ?) as got', [
    `koreromai fills ${url.name}`.slice(0, 64),
    lettingGo,
  ]);
  if (rows[0]?.got === 1) return connection;
  connection.destroy();
  throw new PlaceUnfit(`The database ${url.name} is being filled by another command: wait until it has ended.`);
}

export async function shapesThere(connection: Connection): Promise<Shape[]> {
  const [columns] = await connection.query<(RowDataPacket & { table: string; column: string })[]>(
    'select table_name as `table`, column_name as `column` from information_schema.columns where table_schema = database()',
  );
  return shapesOf(columns);
}

export async function insertInto(connection: Connection, { table, columns }: Shape, rows: readonly Value[][]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((row) => `(${row.map(literal).join(',')})`).join(',');
  await connection.query(`insert into \`${table}\` (${columns.map((c) => `\`${c}\``).join(', ')}) values ${values}`);
}
