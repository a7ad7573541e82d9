import Database from 'better-sqlite3';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { own } from '../database.ts';
import type { Value } from '../engine/engine.ts';
import { parseDatabaseUrl } from '../url.ts';
import { batchesOf } from './batches.ts';
import { catchUp, type Tallies } from './catch-up.ts';
import { type Counted, Tally } from './line.ts';
import { PlaceUnfit } from './place.ts';
import { countAll, openSnapshot, rowsIn } from './snapshot.ts';
import { fillingConnection, insertInto, openTarget, shapesThere } from './target.ts';
import { beginWatch, endWatch, type KeyedShape, renewWatch } from './watch.ts';

/** A move from a file to a server, as far as it has come: what a command hands to whoever has the file. */
export interface Moving {
  /** Of the watch: nothing was missed while it lives. */
  readonly watch: string;
  /** What both sides held when they were last compared whole, with what was carried over since. */
  readonly counted: readonly Counted[];
}

export interface Moved {
  /** What the file holds, and what the server holds, the table `instance` apart. */
  readonly here: readonly Counted[];
  readonly there: readonly Counted[];
  /** Rows carried over while nobody could write. */
  readonly last: number;
}

/** Milliseconds for what is carried over while nobody can write: then the file is opened again as it is. */
const finishWithin = 10_000;
/** Rows left over that may wait for the end. */
const fewEnough = 300;
const mostRounds = 50;

/**
 * Copies a file's contents to a server while another process goes on writing, in bounded batches, until only a few rows are left; everything
 * copied is compared once, whole. `then` is run with what is left to do. Whatever happens in between, the file stays what it was.
 * Throws PlaceUnfit, NothingThere, the driver's errors and what `then` throws.
 */
export async function moving<Answer>(
  path: string,
  to: string,
  tell: (line: string) => void,
  then: (m: Moving) => Promise<Answer>,
): Promise<Answer> {
  const url = serverOf(to);
  const first = await openSnapshot(`sqlite:${path}`);
  await first.close();
  await (await openTarget(to, first.schema)).close();
  const file = new Database(path, { fileMustExist: true, timeout: 10_000 });
  const lease = new Database(path, { fileMustExist: true, timeout: 10_000 });
  const server = await fillingConnection(url);
  let renewing: NodeJS.Timeout | undefined;
  try {
    const shapes = await keyedShapes(server);
    const differ =
      JSON.stringify(first.shapes.filter(isCarried)) !== JSON.stringify(shapes.map(({ table, columns }) => ({ table, columns })));
    if (differ) throw new PlaceUnfit('The tables of the two databases differ: start the server once with this version, then move.');
    const watch = beginWatch(lease, shapes);
    let missed = false;
    renewing = setInterval(() => (missed ||= !renewWatch(lease, watch)), 10_000);
    const hold = () => {
      if (missed) throw new PlaceUnfit('The move was stopped for too long and has missed something: begin again. The file is as it was.');
    };
    const base = await openSnapshot(`sqlite:${path}`);
    let copied = 0;
    try {
      for (const shape of shapes)
        for await (const rows of batchesOf(base.rows(shape))) {
          hold();
          await insertInto(server, shape, rows);
          copied += rows.length;
        }
    } finally {
      await base.close();
    }
    tell(`${copied} rows copied`);
    const counted = await compared(to, file, server, shapes);
    tell(`${counted.reduce((n, { rows }) => n + rows, 0)} rows compared, counts and checksums are equal`);
    const tallies = talliesOf(counted);
    for (let round = 0; (await catchUp(file, server, shapes, tallies)) > fewEnough; round++) {
      hold();
      if (round === mostRounds)
        throw new PlaceUnfit('More is written than can be carried over: move when people write less. The file is as it was.');
    }
    hold();
    server.destroy(); // whoever ends it fills from now on
    return await then({ watch, counted: countedOf(tallies, 'there') });
  } finally {
    clearInterval(renewing);
    server.destroy();
    file.close();
    if (!isGone(lease)) endWatch(lease);
    lease.close();
  }
}

/**
 * Ends a move: run by whoever has the file, with nobody writing. Carries over what is left, holds both sides against each other,
 * writes into the file that everything has gone, and then makes the other one whole. Throws where the file stays what it was.
 */
export async function finishMove(path: string, to: string, { watch, counted }: Moving): Promise<Moved> {
  const release = own(path);
  const file = new Database(path, { fileMustExist: true, timeout: 5_000 });
  const server = await fillingConnection(serverOf(to));
  const late = setTimeout(() => server.destroy(), finishWithin);
  try {
    if (!renewWatch(file, watch)) throw new PlaceUnfit('The move has missed something: begin again. The file is as it was.');
    const shapes = await keyedShapes(server);
    const tallies = talliesOf(counted);
    const last = await catchUp(file, server, shapes, tallies);
    const [here, there] = [countedOf(tallies, 'here'), countedOf(tallies, 'there')];
    holdEqual(here, there);
    clearTimeout(late);
    markMoved(file, shownOf(to));
    await makeWhole(file, server);
    return { here, there, last };
  } finally {
    clearTimeout(late);
    server.destroy();
    file.close();
    release();
  }
}

/**
 * Ends a move whose last step was cut off: the file says that everything has gone, and the other database is not whole yet. False where the file
 * says nothing of the kind. Throws PlaceUnfit where they do not belong together.
 */
export async function mendMove(path: string, to: string): Promise<boolean> {
  if (!isGoneIn(path)) return false;
  const release = own(path);
  const file = new Database(path, { fileMustExist: true });
  try {
    const moved = file.prepare<[], string>('select moved_to from instance').pluck().get();
    if (moved !== shownOf(to)) throw new PlaceUnfit(`Everything in ${path} was moved to ${moved} already: set DATABASE_URL to that one.`);
    const server = await fillingConnection(serverOf(to));
    try {
      const [whole] = await server.query<RowDataPacket[]>('select 1 from instance');
      if (whole.length > 0) throw new PlaceUnfit(`Everything in ${path} was moved there already: set DATABASE_URL to it.`);
      const shapes = await keyedShapes(server);
      const [here, there] = [await countOf(`sqlite:${path}`, shapes), await countOf(to, shapes)];
      holdEqual(here, there);
      await makeWhole(file, server);
      return true;
    } finally {
      server.destroy();
    }
  } finally {
    file.close();
    release();
  }
}

/** From here on the file's contents are the other database's: the one moment that decides. */
function markMoved(file: Database.Database, to: string): void {
  file.pragma('synchronous = full');
  file
    .transaction(() => {
      file.prepare('update instance set moved_to = ?, moved_at = ?').run(to, Date.now());
      endWatch(file);
    })
    .immediate();
}

async function makeWhole(file: Database.Database, server: Connection): Promise<void> {
  const row = file.prepare<[], Record<string, Value>>('select id, secret, created_at, epoch from instance').get();
  if (!row) throw new Error('The file has lost its row of instance.');
  await insertInto(server, { table: 'instance', columns: Object.keys(row) }, [Object.values(row)]);
}

const isGone = (file: Database.Database) => file.prepare('select 1 from instance where moved_to is not null').get() !== undefined;
function isGoneIn(path: string): boolean {
  const file = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return file.prepare("select 1 from pragma_table_info('instance') where name = 'moved_to'").get() !== undefined && isGone(file);
  } finally {
    file.close();
  }
}

/** Both sides read whole, as they are at one instant. */
async function compared(to: string, file: Database.Database, server: Connection, shapes: readonly KeyedShape[]): Promise<Counted[]> {
  let counted: Counted[] = [];
  await catchUp(file, server, shapes, undefined, async () => {
    counted = await countAll((shape) => rowsIn(file, shape), shapes);
    holdEqual(counted, await countOf(to, shapes));
  });
  return counted;
}

async function countOf(url: string, shapes: readonly KeyedShape[]): Promise<Counted[]> {
  const snapshot = await openSnapshot(url);
  try {
    return await countAll(snapshot.rows, shapes);
  } finally {
    await snapshot.close();
  }
}

function holdEqual(here: readonly Counted[], there: readonly Counted[]): void {
  const other = new Map(there.map((one) => [one.table, one]));
  const differ = here.filter(({ table, rows, sum }) => other.get(table)?.rows !== rows || other.get(table)?.sum !== sum);
  if (differ.length > 0)
    throw new PlaceUnfit(
      `What was copied is not the same (${differ.map(({ table }) => table).join(', ')}), so nothing was moved: the file is as it was.`,
    );
}

const talliesOf = (counted: readonly Counted[]): Tallies =>
  new Map(counted.map((one) => [one.table, { here: new Tally(one), there: new Tally(one) }]));

const countedOf = (tallies: Tallies, side: 'here' | 'there'): Counted[] =>
  [...tallies].map(([table, of]) => ({ table, rows: of[side].rows, sum: of[side].sum }));

/** As it may be written down: without its password. */
function shownOf(to: string): string {
  const url = new URL(to);
  if (url.password !== '') url.password = '***';
  url.search = '';
  return url.href.slice(0, 300);
}

function serverOf(to: string) {
  const url = parseDatabaseUrl(to);
  if (url.dialect === 'sqlite') throw new PlaceUnfit('A move goes from an SQLite file to MySQL: name one with --to mysql://….');
  return url;
}

const isCarried = ({ table }: { table: string }) => table !== 'instance';

async function keyedShapes(server: Connection): Promise<KeyedShape[]> {
  const [rows] = await server.query<(RowDataPacket & { table: string; column: string })[]>(
    "select table_name as `table`, column_name as `column` from information_schema.statistics where table_schema = database() and index_name = 'PRIMARY' order by table_name, seq_in_index",
  );
  const keys = Map.groupBy(rows, (row) => row.table);
  return (await shapesThere(server))
    .filter(isCarried)
    .map((shape) => ({ ...shape, key: (keys.get(shape.table) ?? []).map((row) => row.column) }));
}
