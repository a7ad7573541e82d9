import { crc32 } from 'node:zlib';
import Database from 'better-sqlite3';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Place } from '../databases.ts';
import { pathOf } from './old.ts';

/** A table's columns, in order. */
export type Columns = ReadonlyMap<string, readonly string[]>;

/** What stands in a database: each table's rows with a sum over all their values, and the schema in words that can be compared. */
export interface Look {
  readonly columns: Columns;
  readonly sums: ReadonlyMap<string, string>;
  readonly rows: number;
  readonly schema: string;
}

/** Notes of when each migration ran, and numbers that those which were rolled back have used up. */
const differs = new Set(['migration.id', 'migration.executed_at']);

/** Reads everything, or of each table only the columns that are named. */
export function look(place: Place, url: string, only?: Columns): Promise<Look> {
  return place.kind === 'sqlite' ? lookAtFile(pathOf(url), only) : lookAtServer(url, only);
}

/** Each thing that differs, in a sentence. */
export function differences(found: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): string[] {
  return [...new Set([...found.keys(), ...expected.keys()])]
    .filter((name) => found.get(name) !== expected.get(name))
    .map((name) => `${name}: ${expected.get(name) ?? 'nothing'} was expected, ${found.get(name) ?? 'nothing'} is there`);
}

const chosen = (all: Columns, only: Columns | undefined): [string, readonly string[]][] =>
  [...(only ?? all)].map(([table, columns]) => [table, columns.filter((column) => !differs.has(`${table}.${column}`))]);

async function lookAtFile(path: string, only?: Columns): Promise<Look> {
  const file = new Database(path, { readonly: true });
  file.function('crc', { varargs: true }, (...values: unknown[]) => crc32(values.map(String).join('\u001f')));
  const made = file.prepare("select type, name, tbl_name, sql from sqlite_master where name not like 'sqlite_%' order by type, name").all();
  const names = file
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'message_fts%' order by name",
    )
    .pluck();
  const columns = new Map(
    (names.all() as string[]).map((name) => [name, file.prepare(`select name from pragma_table_info(?)`).pluck().all(name) as string[]]),
  );
  const sums = new Map<string, string>();
  let rows = 0;
  for (const [table, of] of chosen(columns, only)) {
    const hexed = of.map((column) => `ifnull(hex(\`${column}\`), '-')`).join(', ');
    const { n, sum } = file.prepare(`select count(*) as n, cast(total(crc(${hexed})) as integer) as sum from \`${table}\``).get() as {
      n: number;
      sum: number;
    };
    sums.set(table, `${n} rows of sum ${sum}`);
    rows += n;
  }
  file.close();
  return { columns, sums, rows, schema: JSON.stringify(made, null, 1) };
}

async function lookAtServer(url: string, only?: Columns): Promise<Look> {
  const connection = await createConnection(url);
  const all = async (sql: string) => (await connection.query<RowDataPacket[]>(sql))[0];
  const inside = 'table_schema = database()';
  const made = [
    ...(await all(`select table_name as t, engine, table_collation from information_schema.tables where ${inside} order by 1`)),
    ...(await all(
      `select table_name as t, column_name as c, ordinal_position, column_type, is_nullable, column_default, collation_name, extra from information_schema.columns where ${inside} order by 1, 3`,
    )),
    ...(await all(
      `select table_name as t, index_name, seq_in_index, column_name, non_unique from information_schema.statistics where ${inside} order by 1, 2, 3`,
    )),
  ];
  const columns = new Map<string, string[]>();
  for (const { t, c } of made) if (c !== undefined) columns.set(t, [...(columns.get(t) ?? []), c]);
  const sums = new Map<string, string>();
  let rows = 0;
  for (const [table, of] of chosen(columns, only)) {
    const hexed = of.map((column) => `ifnull(hex(\`${column}\`), '-')`).join(', ');
    const [found] = await all(
      `select count(*) as n, cast(ifnull(sum(crc32(concat_ws(',', ${hexed}))), 0) as char) as sum from \`${table}\``,
    );
    sums.set(table, `${found?.n} rows of sum ${found?.sum}`);
    rows += Number(found?.n);
  }
  await connection.end();
  return { columns, sums, rows, schema: JSON.stringify(made, null, 1) };
}
