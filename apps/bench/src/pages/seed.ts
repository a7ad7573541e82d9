import { bytesOf, type Engine, newId, openDatabase } from '@koreromai/db';
import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import type { Temporary } from '../databases.ts';

export interface PageSizes {
  /** Messages of the old conversation, and as many newer ones of others above them. Thousands. */
  readonly thousands: number;
  /** How far below the head the deep page lies. */
  readonly depth: number;
  readonly reads: number;
}

const people = 5;
/** Among how many conversations the newer messages are shared out. */
const others = 4_000;
const started = Date.UTC(2024, 0, 1);

/**
 * An old conversation beneath as many newer messages of others: evenly mixed data hides that an optimiser may walk
 * from the newest id through everybody's messages. Made by the database itself. Gives the old conversation's id.
 */
export async function seedPages(database: Temporary, { thousands }: PageSizes): Promise<string> {
  const db = await openDatabase(database.url);
  const engine = db.engine();
  await seedPeople(engine);
  await engine.close();
  await db.close();
  const conversation = newId(started);
  const statements = database.place.kind === 'mysql' ? mysqlStatements(conversation, thousands) : sqliteStatements(conversation, thousands);
  if (database.place.kind === 'mysql') {
    const connection = await createConnection(database.url);
    for (const sql of statements) await connection.query(sql);
    await connection.end();
  } else {
    const file = new Database(database.name);
    for (const sql of statements) file.exec(sql);
    file.close();
  }
  return conversation;
}

async function seedPeople(engine: Engine): Promise<void> {
  const row = (i: number) => [Buffer.alloc(16, i), `person-${i}`, `${i}@example.nz`, `Person ${i}`, '-', started];
  const rows = Array.from({ length: people }, (_, i) => row(i));
  await engine.begin([], []);
  const columns = ['id', 'username', 'email', 'name', 'password_hash', 'created_at'];
  await engine.commit([{ do: 'insert', table: 'user', columns, rows, onDuplicate: 'fail' }], [], []);
}

const columns = 'id, conversation_id, seq, author_id, text, version, created_at, updated_at';
/** Ids grow with time: the others' messages are all newer than the old conversation's. Two rows never share one. */
const born = { old: started, newer: started + 100_000_000_000 };

function mysqlStatements(conversation: string, thousands: number): string[] {
  const numbers = `with recursive d(i) as (select 0 union all select i + 1 from d where i < 999) select a.i * 1000 + b.i as n from d a cross join d b where a.i < ${thousands}`;
  const id = (base: number) => `unhex(concat(lpad(hex(${base} + n), 12, '0'), '70008000', lpad(hex(n), 12, '0')))`;
  const author = `unhex(repeat(lpad(hex(n % ${people}), 2, '0'), 16))`;
  const rest = (base: number) => `${author}, repeat('x', 120), 1, ${base} + n, ${base} + n`;
  const other = `unhex(lpad(hex(n % ${others}), 32, '0'))`;
  return [
    `insert into message (${columns}) select ${id(born.old)}, 0x${bytesOf(conversation).toString('hex')}, n + 1, ${rest(born.old)} from (${numbers}) as t order by n`,
    `insert into message (${columns}) select ${id(born.newer)}, ${other}, n div ${others} + 1, ${rest(born.newer)} from (${numbers}) as t order by n % ${others}, n`,
    'analyze table message, user',
  ];
}

function sqliteStatements(conversation: string, thousands: number): string[] {
  const numbers = `with recursive t(n) as (select 0 union all select n + 1 from t where n < ${thousands * 1_000 - 1})`;
  const id = (base: number) => `unhex(printf('%012x70008000%012x', ${base} + n, n))`;
  const author = `unhex(replace(printf('%16s', ''), ' ', printf('%02x', n % ${people})))`;
  const rest = (base: number) => `${author}, replace(printf('%120s', ''), ' ', 'x'), 1, ${base} + n, ${base} + n`;
  const other = `unhex(printf('%032x', n % ${others}))`;
  return [
    'begin',
    `${numbers} insert into message (${columns}) select ${id(born.old)}, x'${bytesOf(conversation).toString('hex')}', n + 1, ${rest(born.old)} from t`,
    `${numbers} insert into message (${columns}) select ${id(born.newer)}, ${other}, n / ${others} + 1, ${rest(born.newer)} from t`,
    'commit',
    'analyze',
  ];
}
