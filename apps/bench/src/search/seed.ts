import { createHash, randomBytes } from 'node:crypto';
import {
  authorMark,
  bytesOf,
  docOf,
  type Engine,
  type Indexed,
  idOf,
  openDatabase,
  searchIndexOf,
  type Value,
  wordsOf,
} from '@koreromai/db';
import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import type { Temporary } from '../databases.ts';

export interface SearchSizes {
  /** Messages in thousands. */
  readonly thousands: number;
  /** Searches of each kind. */
  readonly reads: number;
}

export interface Seeded {
  /** Is in 200 chats of 4,000, and in the largest, which holds a tenth of all messages. */
  readonly busy: { readonly token: string };
  /** Is in five small chats. */
  readonly quiet: { readonly token: string };
  readonly author: string;
  readonly smallChat: string;
  /** ISO instant in the middle of it all. */
  readonly middle: string;
  /** Messages a second, a hundred in each commit, as the follower does it. */
  readonly indexedPerSecond: number;
}

const chats = 4_000;
const authors = 20;
const began = Date.UTC(2024, 0, 1);
const chatId = (i: number) => `c0000000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`;
const userId = (i: number) => `a0000000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`;
/** The last thousands are indexed in the follower's small steps, and timed. */
const timed = 20_000;

/** A house full of talk: words are drawn by Zipf's law (`w1` is in half of all messages), made by the database itself. */
export async function seedSearch(database: Temporary, { thousands }: SearchSizes): Promise<Seeded> {
  const people = Array.from({ length: authors }, (_, i) => ({ id: userId(i), token: randomBytes(32).toString('base64url') }));
  const db = await openDatabase(database.url);
  const engine = db.engine();
  await insert(
    engine,
    'user',
    ['id', 'username', 'email', 'name', 'password_hash', 'created_at'],
    people.map(({ id }, i) => [bytesOf(id), `p${i}`, `p${i}@example.nz`, `P ${i}`, '-', began]),
  );
  await insert(
    engine,
    'session',
    ['id', 'token_hash', 'user_id', 'created_at', 'last_seen_at', 'user_agent'],
    people.map(({ id, token }) => [bytesOf(id), createHash('sha256').update(token).digest(), bytesOf(id), Date.now(), Date.now(), 'bench']),
  );
  const all = Array.from({ length: chats }, (_, i) => i);
  await insert(
    engine,
    'conversation',
    ['id', 'kind', 'name', 'created_at'],
    all.map((i) => [bytesOf(chatId(i)), 'group', 'Bench', began]),
  );
  const seats = all
    .flatMap((i) => [i % 20 === 1 || i === 0 ? [0, i] : [], i % 800 === 1 ? [1, i] : [], [2 + (i % (authors - 2)), i]])
    .filter((seat) => seat.length > 0);
  await insert(
    engine,
    'span',
    ['conversation_id', 'user_id', 'from_seq', 'open', 'role', 'joined_at'],
    seats.map(([who = 0, i = 0]) => [bytesOf(chatId(i)), bytesOf(userId(who)), i % 3 === 2 ? 50 : 1, 1, 'member', began]),
  );
  await talk(database, thousands);
  const indexedPerSecond = await index(database, engine, thousands * 1_000);
  await engine.close();
  await db.close();
  const [busy, quiet] = people;
  if (!busy || !quiet) throw new Error('There are two people who search.');
  return {
    busy,
    quiet,
    author: userId(3),
    smallChat: chatId(21),
    middle: new Date(began + thousands * 500_000).toISOString(),
    indexedPerSecond,
  };
}

async function insert(engine: Engine, table: 'user' | 'session' | 'conversation' | 'span', columns: string[], rows: Value[][]) {
  await engine.begin([], []);
  await engine.commit([{ do: 'insert', table, columns, rows, onDuplicate: 'fail' }], [], []);
}

const columns = 'id, conversation_id, seq, author_id, text, version, created_at, updated_at';

/** Message n is of chat 0 when n divides by ten, else of chat n % 4,000. */
async function talk({ place, url, name }: Temporary, thousands: number): Promise<void> {
  const u = (n: string, j: number) =>
    `((${n} * ${[7919, 104729, 15485863, 32452843, 49979687, 67867967, 86028121, 122949823][j]} + ${j * 31}) % 1000003) / 1000003.0`;
  const chat = 'case when n % 10 = 0 then 0 else n % 4000 end';
  const rank = 'row_number() over (partition by case when n % 10 = 0 then 0 else n % 4000 end order by n)';
  if (place.kind === 'mysql') {
    const connection = await createConnection(url);
    const numbers = `with recursive d(i) as (select 0 union all select i + 1 from d where i < 999) select a.i * 1000 + b.i as n from d a cross join d b where a.i < ${thousands}`;
    const text = `concat_ws(' ', ${Array.from({ length: 8 }, (_, j) => `concat('w', floor(pow(20000, ${u('n', j)})))`).join(', ')})`;
    const hex = (prefix: string, n: string) => `unhex(concat('${prefix}', lpad(hex(${n}), 12, '0')))`;
    await connection.query(
      `insert into message (${columns}) select ${hex('e0000000000070008000', 'n')}, ${hex('c0000000000070008000', chat)}, ${rank}, ${hex('a0000000000070008000', `n % ${authors}`)}, ${text}, 1, ${began} + n * 1000, ${began} + n * 1000 from (${numbers}) as t`,
    );
    await connection.query('insert into stream (id, seq, pos) select conversation_id, max(seq), 0 from message group by conversation_id');
    await connection.end();
    return;
  }
  const file = new Database(name);
  const text = Array.from({ length: 8 }, (_, j) => `'w' || cast(pow(20000, ${u('n', j)}) as integer)`).join(" || ' ' || ");
  const hex = (prefix: string, n: string) => `unhex(printf('${prefix}%012x', ${n}))`;
  file.exec(`with recursive t(n) as (select 0 union all select n + 1 from t where n < ${thousands * 1_000 - 1})
    insert into message (${columns}) select ${hex('e0000000000070008000', 'n')}, ${hex('c0000000000070008000', chat)}, ${rank}, ${hex('a0000000000070008000', `n % ${authors}`)}, ${text}, 1, ${began} + n * 1000, ${began} + n * 1000 from t order by n`);
  file.exec('insert into stream (id, seq, pos) select conversation_id, max(seq), 0 from message group by conversation_id');
  file.close();
}

/** Puts everything into the search index in the table's own order; the end of it as the follower would. Gives how fast that was. */
async function index(database: Temporary, engine: Engine, total: number): Promise<number> {
  const kind = database.place.kind;
  const search = searchIndexOf(kind);
  let [done, tail] = [0, 0];
  for await (const some of batches(database)) {
    const step = done >= total - timed ? 100 : 5_000;
    for (let i = 0; i < some.length; i += step) {
      const before = performance.now();
      await engine.begin([], []);
      await engine.commit(search.writes([], some.slice(i, i + step)), [], []);
      if (step === 100) tail += performance.now() - before;
    }
    done += some.length;
  }
  const analyse = kind === 'mysql' ? ['analyze table message, search_document, search_word, span, stream'] : ['analyze'];
  const db = await openDatabaseToAnalyse(database);
  for (const sql of analyse) await db.run(sql);
  await db.close();
  return Math.round((Math.min(timed, total) / tail) * 1_000);
}

async function* batches({ place, url, name }: Temporary): AsyncGenerator<Indexed[]> {
  const entry = (r: { conversation_id: Buffer; seq: number; author_id: Buffer; text: string; created_at: number }): Indexed => ({
    ...{ conversationId: idOf(r.conversation_id), seq: Number(r.seq), doc: docOf(Number(r.created_at), 0) },
    ...{ words: wordsOf(r.text), marks: [authorMark(idOf(r.author_id))] },
  });
  const select = 'select conversation_id, seq, author_id, text, created_at from message';
  if (place.kind === 'sqlite') {
    const file = new Database(name, { readonly: true });
    const page = file.prepare(`${select} where row > ? order by row limit 5000`);
    for (let i = 0; ; i += 5_000) {
      const rows = page.all(i) as Parameters<typeof entry>[0][];
      if (rows.length === 0) break;
      yield rows.map(entry);
    }
    file.close();
    return;
  }
  const connection = await createConnection(url);
  let [chat, seq]: [Buffer, number] = [Buffer.alloc(16), 0];
  for (;;) {
    const [rows] = await connection.query(
      `${select} where (conversation_id > ? or conversation_id = ? and seq > ?) order by conversation_id, seq limit 5000`,
      [chat, chat, seq],
    );
    const found = rows as Parameters<typeof entry>[0][];
    const last = found.at(-1);
    if (!last) break;
    [chat, seq] = [last.conversation_id, Number(last.seq)];
    yield found.map(entry);
  }
  await connection.end();
}

async function openDatabaseToAnalyse({ place, url, name }: Temporary) {
  if (place.kind === 'sqlite') {
    const file = new Database(name);
    return { run: async (sql: string) => void file.exec(sql), close: async () => void file.close() };
  }
  const connection = await createConnection(url);
  return { run: async (sql: string) => void (await connection.query(sql)), close: () => connection.end() };
}
