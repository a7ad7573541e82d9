import { copyFileSync } from 'node:fs';
import { makeOlder } from '@koreromai/db';
import Database from 'better-sqlite3';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Place } from '../databases.ts';

/** Where an older database begins: everything that came later is what an upgrade brings. */
export const oldest = 'm0001';

/** So few that migrations which write a row for each person do not hide what messages take. */
const peopleFor = (messages: number) => Math.max(5, Math.round(messages / 5_000));
const conversations = 1_000;
const born = Date.UTC(2025, 0, 1);
/** Milliseconds between two messages. */
const pace = 10_000;

/** A database of the first version with so many messages, told by as many events and counted by quarter-hour and day. */
export async function makeOld(place: Place, url: string, messages: number): Promise<void> {
  await makeOlder(url, oldest, ['counter_day']);
  const statements = [
    ...(place.kind === 'mysql' ? mysqlRows(messages) : sqliteRows(messages)),
    ...['counter', 'counter_day'].map((table) => counters(place, table, table === 'counter' ? 900_000 : 86_400_000)),
    `update log_head set pos = ${messages}`,
  ];
  await run(place, url, statements);
}

/** The same rows once more, in a database of another name. */
export async function copyOld(place: Place, from: string, to: string): Promise<void> {
  if (place.kind === 'sqlite') {
    const file = new Database(pathOf(from));
    file.pragma('wal_checkpoint(truncate)');
    file.close();
    copyFileSync(pathOf(from), pathOf(to));
    return;
  }
  const [source, target] = [from, to].map((url) => new URL(url).pathname.slice(1));
  const connection = await createConnection(place.server);
  await connection.query(`create database \`${target}\` character set utf8mb4 collate utf8mb4_bin`);
  const [tables] = await connection.query<RowDataPacket[]>(
    'select table_name as name from information_schema.tables where table_schema = ?',
    [source],
  );
  for (const { name } of tables) {
    await connection.query(`create table \`${target}\`.\`${name}\` like \`${source}\`.\`${name}\``);
    await connection.query(`insert into \`${target}\`.\`${name}\` select * from \`${source}\`.\`${name}\``);
  }
  await connection.end();
}

export const pathOf = (url: string) => url.slice('sqlite:'.length);

async function run(place: Place, url: string, statements: readonly string[]): Promise<void> {
  if (place.kind === 'sqlite') {
    const file = new Database(pathOf(url));
    for (const sql of statements) file.exec(sql);
    file.close();
    return;
  }
  const connection = await createConnection(url);
  for (const sql of statements) await connection.query(sql);
  await connection.end();
}

const columns = {
  user: 'id, username, email, name, password_hash, created_at',
  conversation: 'id, kind, name, created_at',
  stream: 'id, seq, pos',
  event: 'pos, stream_id, seq, type, actor_id, subject_id, number, at',
  message: 'id, conversation_id, seq, author_id, text, version, created_at, updated_at',
};

interface Words {
  /** A source of `n` from 0 to below. */
  readonly numbers: (below: number) => string;
  /** Sixteen bytes of a kind and a number. */
  readonly id: (kind: string, n: string) => string;
  readonly join: (...parts: string[]) => string;
  readonly div: string;
}

function rowsOf(messages: number, { numbers, id, join, div }: Words): string[] {
  const people = peopleFor(messages);
  const chat = `n % ${conversations}`;
  const seq = `n ${div} ${conversations} + 1`;
  const at = `${born} + n * ${pace}`;
  const author = id('aa', `(n * 7) % ${people}`);
  const text = join("'Message number '", 'n', "' about the weather of that day, and what came of it '", `n * 31 % 977`);
  const insert = (table: keyof typeof columns, below: number, values: string) =>
    `insert into \`${table}\` (${columns[table]}) select ${values} from ${numbers(below)}`;
  return [
    insert(
      'user',
      people,
      `${id('aa', 'n')}, ${join("'person'", 'n')}, ${join("'person'", 'n', "'@example.nz'")}, ${join("'Person '", 'n')}, '-', ${born}`,
    ),
    insert('conversation', conversations, `${id('cc', 'n')}, 'group', ${join("'Chat '", 'n')}, ${born}`),
    insert('stream', people, `${id('aa', 'n')}, 0, 0`),
    insert('stream', conversations, `${id('cc', 'n')}, ${messages / conversations}, ${messages}`),
    insert('message', messages, `${id('dd', 'n')}, ${id('cc', chat)}, ${seq}, ${author}, ${text}, 1, ${at}, ${at}`),
    insert('event', messages, `n + 1, ${id('cc', chat)}, ${seq}, 'message.posted', ${author}, ${id('dd', 'n')}, null, ${at}`),
  ];
}

const mysqlRows = (messages: number) =>
  rowsOf(messages, {
    numbers: (below) =>
      `(with recursive d(i) as (select 0 union all select i + 1 from d where i < 999) select a.i * 1000 + b.i as n from d a cross join d b where a.i * 1000 + b.i < ${below}) as t order by n`,
    id: (kind, n) => `unhex(concat('${kind}', lpad(hex(${n}), 30, '0')))`,
    join: (...parts) => `concat(${parts.join(', ')})`,
    div: 'div',
  });

const sqliteRows = (messages: number) =>
  rowsOf(messages, {
    numbers: (below) => `(with recursive t(n) as (select 0 union all select n + 1 from t where n < ${below - 1}) select n from t)`,
    id: (kind, n) => `unhex(printf('${kind}%030X', ${n}))`,
    join: (...parts) => `(${parts.join(' || ')})`,
    div: '/',
  });

/** Counts what was written by unit of time, as the server would have. */
const counters = ({ kind }: Place, table: string, unit: number) =>
  `insert into ${table} select conversation_id, created_at ${kind === 'mysql' ? 'div' : '/'} ${unit}, author_id, count(*) from message group by 1, 2, 3`;
