import type Database from 'better-sqlite3';
import type { Connection } from 'mysql2/promise';
import type { Value } from '../engine/engine.ts';
import { literal } from '../engine/mysql.ts';
import { lineOf, type Tally } from './line.ts';
import { searchPlace } from './shape.ts';
import { insertInto } from './target.ts';
import { changesIn, type KeyedShape } from './watch.ts';

const chunk = 300;

/** What each table holds on either side, kept while changes are carried over. */
export type Tallies = ReadonlyMap<string, { readonly here: Tally; readonly there: Tally }>;

/**
 * Carries over everything that was noted as changed, as it stands now, in one transaction there. With `tallies` every row is read
 * before and after, so that they tell what both sides hold. `atRest` is run while `file` still reads what the other side holds now. Gives how many rows it were.
 * `file` reads and takes the notes away; between the two nothing of later is lost, because those have higher numbers.
 */
export async function catchUp(
  file: Database.Database,
  server: Connection,
  shapes: readonly KeyedShape[],
  tallies?: Tallies,
  atRest?: () => Promise<void>,
): Promise<number> {
  file.exec('begin');
  try {
    const { upTo, keys } = changesIn(file);
    let rows = 0;
    await server.query('begin');
    for (const shape of shapes) {
      const changed = (keys.get(shape.table) ?? []).filter(([first]) => shape.table !== 'follower' || first !== searchPlace);
      const tally = tallies?.get(shape.table);
      for (const some of chunksOf(changed)) {
        for (const line of tally ? await linesThere(server, shape, some) : []) {
          tally?.here.remove(line); // both were compared when they began
          tally?.there.remove(line);
        }
        await server.query(`delete from \`${shape.table}\` where ${among(shape, some)}`);
      }
      const find = file.prepare<Value[], Value[]>(selectOne(shape)).raw();
      for (const some of chunksOf(changed)) {
        const found = some.flatMap((key) => find.all(...key));
        await insertInto(server, shape, found);
        for (const row of tally ? found : []) tally?.here.add(lineOf(row));
        for (const line of tally ? await linesThere(server, shape, some) : []) tally?.there.add(line);
        rows += some.length;
      }
    }
    await server.query('commit');
    await atRest?.();
    file.exec('commit');
    file.prepare('delete from move_change where n <= ?').run(upTo);
    return rows;
  } finally {
    if (file.inTransaction) file.exec('rollback');
  }
}

function* chunksOf(keys: readonly Value[][]): Generator<Value[][], void> {
  for (let i = 0; i < keys.length; i += chunk) yield keys.slice(i, i + chunk);
}

const named = (columns: readonly string[], quote: string) => columns.map((column) => quote + column + quote).join(', ');

const selectOne = ({ table, columns, key }: KeyedShape) =>
  `select ${named(columns, '"')} from "${table}" where ${key.map((column) => `"${column}" = ?`).join(' and ')}`;

const among = ({ key }: KeyedShape, keys: readonly Value[][]) =>
  `(${named(key, '`')}) in (${keys.map((values) => `(${values.map(literal).join(',')})`).join(',')})`;

async function linesThere(server: Connection, shape: KeyedShape, keys: readonly Value[][]): Promise<string[]> {
  const sql = `select ${named(shape.columns, '`')} from \`${shape.table}\` where ${among(shape, keys)}`;
  const [rows] = await server.query({ sql, rowsAsArray: true });
  return (rows as Value[][]).map(lineOf);
}
