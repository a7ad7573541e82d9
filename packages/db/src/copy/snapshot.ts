import Database from 'better-sqlite3';
import { createConnection } from 'mysql2';
import type { RowDataPacket } from 'mysql2/promise';
import type { Value } from '../engine/engine.ts';
import { parseDatabaseUrl } from '../url.ts';
import { type Counted, lineOf, Tally } from './line.ts';
import { type Shape, searchPlace, shapesOf } from './shape.ts';

/** A database as it was at one instant, while others go on writing. */
export interface Snapshot {
  /** The last migration that ran there. */
  readonly schema: string;
  readonly shapes: readonly Shape[];
  rows(shape: Shape): AsyncIterable<Value[]>;
  close(): Promise<void>;
}

/** There is nothing at that URL that could be read: told in one sentence. */
export class NothingThere extends Error {
  override readonly name = 'NothingThere';
}

/**
 * Opens what is committed now, for reading alone, without waiting for the process that has the database or holding it up.
 * Throws NothingThere where no instance lives, and the driver's error.
 */
export async function openSnapshot(rawUrl: string): Promise<Snapshot> {
  const url = parseDatabaseUrl(rawUrl);
  return url.dialect === 'sqlite' ? ofFile(url.path) : ofServer(url.href, url.name);
}

function ofFile(path: string): Snapshot {
  let db: Database.Database;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  } catch (error) {
    throw new NothingThere(`${path} cannot be read (${error instanceof Error && 'code' in error ? error.code : String(error)}).`);
  }
  try {
    db.exec('begin');
    const columns = db
      .prepare<[], { table: string; column: string }>(
        "select m.name as 'table', c.name as 'column' from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'",
      )
      .all();
    if (!columns.some((c) => c.table === 'instance')) throw new NothingThere(`${path} holds no KoreroMai.`);
    const schema = db.prepare<[], { name: string }>('select name from migration order by id desc limit 1').get()?.name ?? '';
    return {
      schema,
      shapes: shapesOf(columns),
      async *rows({ table, columns }) {
        let n = 0;
        for (const row of db
          .prepare<[], Value[]>(selecting('"', table, columns))
          .raw()
          .iterate()) {
          yield row;
          if (++n % 1_000 === 0) await new Promise((turn) => setImmediate(turn)); // the statement runs in this thread
        }
      },
      async close() {
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Rows as this connection sees them. Meanwhile it can do nothing else. */
export async function* rowsIn(db: Database.Database, { table, columns }: Shape): AsyncGenerator<Value[], void> {
  let n = 0;
  for (const row of db
    .prepare<[], Value[]>(selecting('"', table, columns))
    .raw()
    .iterate()) {
    yield row;
    if (++n % 1_000 === 0) await new Promise((turn) => setImmediate(turn)); // the statement runs in this thread
  }
}

async function ofServer(href: string, name: string): Promise<Snapshot> {
  const plain = createConnection({ uri: href, supportBigNumbers: true, charset: 'utf8mb4', enableKeepAlive: true });
  const connection = plain.promise();
  try {
    await connection.query('set session transaction isolation level repeatable read');
    await connection.query('start transaction with consistent snapshot, read only');
    const [columns] = await connection.query<(RowDataPacket & { table: string; column: string })[]>(
      'select table_name as `table`, column_name as `column` from information_schema.columns where table_schema = database()',
    );
    if (!columns.some((c) => c.table === 'instance')) throw new NothingThere(`The database ${name} holds no KoreroMai.`);
    const [last] = await connection.query<(RowDataPacket & { name: string })[]>('select name from migration order by id desc limit 1');
    return {
      schema: last[0]?.name ?? '',
      shapes: shapesOf(columns),
      async *rows({ table, columns }) {
        const asked = plain.query({ sql: selecting('`', table, columns), rowsAsArray: true });
        for await (const row of asked.stream({ highWaterMark: 500 })) yield row as Value[];
      },
      async close() {
        plain.destroy();
      },
    };
  } catch (error) {
    plain.destroy();
    throw error;
  }
}

const selecting = (quote: string, table: string, columns: readonly string[]) => {
  const named = (name: string) => quote + name + quote;
  const left = table === 'follower' ? ` where name <> '${searchPlace}'` : '';
  return `select ${columns.map(named).join(', ')} from ${named(table)}${left}`;
};

/** Counts and sums of some tables. */
export async function countAll(rows: Snapshot['rows'], shapes: readonly Shape[]): Promise<Counted[]> {
  const all: Counted[] = [];
  for (const shape of shapes) {
    const tally = new Tally();
    for await (const row of rows(shape)) tally.add(lineOf(row));
    all.push({ table: shape.table, rows: tally.rows, sum: tally.sum });
  }
  return all;
}
