import type Database from 'better-sqlite3';
import type { Value } from '../engine/engine.ts';
import type { Shape } from './shape.ts';

/** A table with the columns that name a row in the database it is moved to. */
export interface KeyedShape extends Shape {
  readonly key: readonly string[];
}

/** Seconds that triggers keep noting after whoever wanted them was last heard of. */
const leaseFor = 60;

/**
 * From now on every change of these tables is noted in the file itself, by triggers, whichever process makes it: the row's key, under a
 * number that grows. The notes end by themselves when `renew` is not called for a minute, so a killed command leaves nothing that grows.
 */
export function beginWatch(db: Database.Database, shapes: readonly KeyedShape[]): string {
  const id = crypto.randomUUID();
  db.transaction(() => {
    endWatch(db);
    db.exec('create table move_watch (id text not null, until integer not null)');
    db.exec('create table move_change (n integer primary key autoincrement, tbl text not null, key text not null)');
    for (const shape of shapes) for (const sql of triggersOf(shape)) db.exec(sql);
    db.prepare('insert into move_watch (id, until) values (?, unixepoch() + ?)').run(id, leaseFor);
  }).immediate();
  return id;
}

/** Whether nothing was missed since it began, and nothing will be for another minute. */
export const renewWatch = (db: Database.Database, id: string): boolean =>
  isWatched(db) &&
  db.prepare('update move_watch set until = unixepoch() + ? where id = ? and until > unixepoch()').run(leaseFor, id).changes === 1;

const isWatched = (db: Database.Database) => db.prepare("select 1 from sqlite_master where name = 'move_watch'").get() !== undefined;

/** Takes every trace of watching away. */
export function endWatch(db: Database.Database): void {
  const triggers = db
    .prepare<[], string>("select name from sqlite_master where type = 'trigger' and name like 'move\\_%' escape '\\'")
    .pluck()
    .all();
  for (const name of triggers) db.exec(`drop trigger "${name}"`);
  db.exec('drop table if exists move_watch; drop table if exists move_change');
}

function triggersOf({ table, key }: KeyedShape): string[] {
  const of = (which: 'new' | 'old') => key.map((column) => `quote(${which}."${column}")`).join(" || ',' || ");
  const note = (which: 'new' | 'old') => `insert into move_change (tbl, key) values ('${table}', ${of(which)});`;
  const moved = `insert into move_change (tbl, key) select '${table}', ${of('old')} where ${of('old')} <> ${of('new')};`;
  const when = 'when (select until from move_watch) > unixepoch()';
  return [
    `create trigger "move_${table}_insert" after insert on "${table}" ${when} begin ${note('new')} end`,
    `create trigger "move_${table}_update" after update on "${table}" ${when} begin ${note('new')} ${moved} end`,
    `create trigger "move_${table}_delete" after delete on "${table}" ${when} begin ${note('old')} end`,
  ];
}

/** What has been noted so far, each row once, by table; and the last number of it. */
export function changesIn(db: Database.Database): { upTo: number; keys: Map<string, Value[][]> } {
  const upTo = db.prepare<[], number | null>('select max(n) from move_change').pluck().get() ?? 0;
  const rows = db.prepare<[number], { tbl: string; key: string }>('select distinct tbl, key from move_change where n <= ?').all(upTo);
  const keys = new Map<string, Value[][]>();
  for (const { tbl, key } of rows) {
    const known = keys.get(tbl);
    if (known) known.push(valuesOf(key));
    else keys.set(tbl, [valuesOf(key)]);
  }
  return { upTo, keys };
}

/** Reads back what SQLite's `quote` wrote. */
const valuesOf = (quoted: string): Value[] =>
  [...quoted.matchAll(/X'([0-9A-F]*)'|'((?:[^']|'')*)'|(-?\d+)|NULL/gs)].map(([, bytes, text, number]) => {
    if (bytes !== undefined) return Buffer.from(bytes, 'hex');
    if (text !== undefined) return text.replaceAll("''", "'");
    return number === undefined ? null : Number(number);
  });
