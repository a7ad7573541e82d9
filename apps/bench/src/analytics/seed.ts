import { bytesOf, type Engine, openDatabase } from '@koreromai/db';
import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import type { Temporary } from '../databases.ts';

export interface CountSizes {
  readonly conversations: number;
  /** Messages of each, in bursts of five by one person, spread over the year before `seededNow`. A multiple of 1,000. */
  readonly each: number;
  readonly reads: number;
}

/** The instant at which the year ends: a Saturday afternoon in Auckland. */
export const seededNow = Date.UTC(2026, 10, 21, 3, 0, 0);
const year = 365 * 86_400_000;
const people = 500;
/** Bytes of an id for a small number. */
export const seededId = (kind: 'person' | 'chat', n: number): string =>
  `${kind === 'person' ? '00000000' : 'c0000000'}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/**
 * An account in every conversation, each with five people of 500. Few messages share a quarter-hour and an author, which is hard on
 * counters: about five. Made by the database itself, counters included, as the follower leaves them when it is not behind.
 */
export async function seedCounts(database: Temporary, sizes: CountSizes): Promise<void> {
  const db = await openDatabase(database.url);
  const engine = db.engine();
  await seedFrame(engine, sizes);
  await engine.close();
  await db.close();
  if (database.place.kind === 'mysql') {
    const connection = await createConnection(database.url);
    await connection.query('set session sql_log_bin = 0, unique_checks = 0');
    const late = 'unique `message_id` (`id`), add index `message_by_time` (`conversation_id`, `created_at`, `author_id`)';
    const [messages, counters] = statements(sizes, mysql);
    await connection.query('alter table message drop index message_id, drop index message_by_time'); // sorted once is faster than kept
    for (const sql of messages) await connection.query(sql);
    await connection.query(`alter table message add ${late}`);
    for (const sql of counters) await connection.query(sql);
    await connection.query('analyze table message, counter, counter_day, counter_pentad, counter_month, span, user, conversation');
    // Or the first lists are timed beside the writing out of what was made.
    await connection.query('flush tables message, counter, counter_day, counter_pentad, counter_month for export');
    await connection.query('unlock tables');
    await connection.end();
    return;
  }
  const file = new Database(database.name);
  file.pragma('synchronous = off');
  file.pragma('cache_size = -200000');
  file.exec('begin');
  for (const sql of statements(sizes, sqlite).flat()) file.exec(sql);
  file.exec('commit');
  file.exec('analyze');
  file.close();
}

async function seedFrame(engine: Engine, { conversations }: CountSizes): Promise<void> {
  const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);
  const insert = (table: 'user' | 'conversation' | 'span', columns: string[], rows: (string | number | Buffer)[][]) =>
    ({ do: 'insert', table, columns, rows, onDuplicate: 'fail' }) as const;
  const began = seededNow - year;
  await engine.begin([], []);
  await engine.commit(
    [
      insert(
        'user',
        ['id', 'username', 'email', 'name', 'password_hash', 'created_at'],
        numbers(people).map((i) => [bytesOf(seededId('person', i)), `person-${i}`, `${i}@example.nz`, `Person ${i}`, '-', began]),
      ),
      insert(
        'conversation',
        ['id', 'kind', 'name', 'created_at'],
        numbers(conversations).map((i) => [bytesOf(seededId('chat', i)), 'group', `Chat ${i}`, began]),
      ),
      insert(
        'span',
        ['conversation_id', 'user_id', 'from_seq', 'open', 'role', 'joined_at'],
        numbers(conversations).map((i) => [bytesOf(seededId('chat', i)), bytesOf(seededId('person', 0)), 1, 1, 'owner', began]),
      ),
    ],
    [],
    [],
  );
}

/** What the two databases say differently. */
interface Dialect {
  /** `n` from 0 to `count` − 1. */
  numbers(count: number): string;
  hex(value: string, digits: number): string;
  unhex(...parts: string[]): string;
  div(a: string, b: number): string;
}

const mysql: Dialect = {
  numbers: (count) =>
    `(with recursive d(i) as (select 0 union all select i + 1 from d where i < 999) select a.i * 1000 + b.i as n from d a cross join d b where a.i < ${count / 1_000})`,
  hex: (value, digits) => `lpad(hex(${value}), ${digits}, '0')`,
  unhex: (...parts) => `unhex(concat(${parts.join(', ')}))`,
  div: (a, b) => `(${a}) div ${b}`,
};

const sqlite: Dialect = {
  numbers: (count) => `(with recursive t(n) as (select 0 union all select n + 1 from t where n < ${count - 1}) select n from t)`,
  hex: (value, digits) => `printf('%0${digits}x', ${value})`,
  unhex: (...parts) => `unhex(${parts.join(' || ')})`,
  div: (a, b) => `(${a}) / ${b}`,
};

/** Those that make the messages, then those that count them. */
function statements({ conversations, each }: CountSizes, d: Dialect): [messages: string[], counters: string[]] {
  const burst = d.div('n', 5);
  const step = Math.floor(year / (each / 5));
  const messages = Array.from({ length: conversations }, (_, c) => {
    const id = d.unhex(`'${(c + 1).toString(16).padStart(12, '0')}70008000'`, d.hex('n', 12));
    const author = d.unhex("'00000000000070008000'", d.hex(`(${c * 7} + ${burst} * 3 % 5 * 11) % ${people}`, 12));
    const at = `${seededNow - year + ((c * 31_337_000) % step)} + ${burst} * ${step} + n % 5 * 20000`;
    const chat = d.unhex(`'${seededId('chat', c).replaceAll('-', '')}'`);
    return `insert into message (id, conversation_id, seq, author_id, text, version, created_at, updated_at)
      select ${id}, ${chat}, n + 1, ${author}, 'Kia ora koutou katoa', 1, ${at}, ${at} from ${d.numbers(each)} as t`;
  });
  const fold = (into: string, unit: string, value: string, count: string, from: string) =>
    `insert into ${into} (conversation_id, ${unit}, author_id, messages) select conversation_id, ${value}, author_id, ${count} from ${from} group by 1, 2, 3 order by 1, 2, 3`;
  return [
    messages,
    [
      fold('counter', 'bucket', d.div('created_at', 900_000), 'count(*)', 'message'),
      fold('counter_day', 'day', d.div('bucket', 96), 'sum(messages)', 'counter'),
      fold('counter_pentad', 'pentad', d.div('day', 5), 'sum(messages)', 'counter_day'),
      fold('counter_month', 'month', d.div('day', 30), 'sum(messages)', 'counter_day'),
    ],
  ];
}
