import { type Dialect, eachDatabase, freshDatabase } from '@koreromai/testing';
import { type CompiledQuery, Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { bytesOf, newId } from '../ids.ts';
import type { Reader, Tables } from '../orm.ts';
import { groundsOf } from '../queries/search.ts';
import { authorMark } from './marks.ts';
import { docOf, type Indexed, searchIndexOf } from './search.ts';
import { termsOf } from './terms.ts';
import { wordsOf } from './words.ts';

/** A reader that keeps what it is asked. */
const overheard = (read: Reader, asked: CompiledQuery[]): Reader =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => read.getExecutor().adapter,
      createIntrospector: () => read.introspection,
      createQueryCompiler: () => ({ compileQuery: (...given) => read.getExecutor().compileQuery(...given) }),
      createDriver: () => ({
        init: async () => {},
        acquireConnection: async () => ({
          async executeQuery(query) {
            asked.push(query);
            return (await read.executeQuery(query)) as never;
          },
          streamQuery() {
            throw new Error('Nothing is streamed here.');
          },
        }),
        releaseConnection: async () => {},
        beginTransaction: async () => {},
        commitTransaction: async () => {},
        rollbackTransaction: async () => {},
        destroy: async () => {},
      }),
    },
  });

eachDatabase('the plans of a search', (dialect: Dialect) => {
  test('no statement walks through a whole table', async () => {
    await using database = await freshDatabase(dialect);
    const db = await database.open();
    const engine = db.engine();
    const chats = Array.from({ length: 30 }, () => newId());
    const [me, author] = [newId(), newId()];
    const said = chats.flatMap((conversationId, i) =>
      Array.from({ length: 100 }, (_, n): Indexed & { id: string } => ({
        ...{ id: newId(), conversationId, seq: n + 1, doc: docOf(1_763_700_000_000 + n * 1_000 + i, 0) },
        ...{ words: wordsOf(`kia ora ${n % 7 === 0 ? 'kereru' : 'tui'} w${n}`), marks: [authorMark(author)] },
      })),
    );
    const joinedAt = (chat: number) => (chat % 3 === 0 ? 40 : 1);
    const insert = (table: 'conversation' | 'stream' | 'span' | 'message', columns: string[], rows: (string | number | Buffer)[][]) =>
      ({ do: 'insert', table, columns, rows, onDuplicate: 'fail' }) as const;
    await engine.begin([], []);
    const tables = [
      insert(
        'conversation',
        ['id', 'kind', 'created_at'],
        chats.map((id) => [bytesOf(id), 'group', 1]),
      ),
      insert(
        'stream',
        ['id', 'seq'],
        chats.map((id) => [bytesOf(id), 100]),
      ),
      insert(
        'span',
        ['conversation_id', 'user_id', 'from_seq', 'open', 'role', 'joined_at'],
        [
          ...chats.slice(0, 20).map((id, i) => [bytesOf(id), bytesOf(me), joinedAt(i), 1, 'member', 1]),
          ...chats.flatMap((id) => [1, 2, 3].map((i) => [bytesOf(id), Buffer.alloc(16, i), 1, 1, 'member', 1])),
        ],
      ),
      insert(
        'message',
        ['id', 'conversation_id', 'seq', 'author_id', 'text', 'created_at', 'updated_at'],
        said.map((m) => [bytesOf(m.id), bytesOf(m.conversationId), m.seq, bytesOf(author), m.words.join(' '), 1, 1]),
      ),
    ];
    await engine.commit([...tables, ...searchIndexOf(dialect).writes([], said)], [], []);
    await engine.close();
    const run = async (sql: string) => db.read.executeQuery({ sql, parameters: [], query: { kind: 'RawNode' } } as never);
    await run(dialect === 'mysql' ? 'analyze table search_word, search_document, message, span, conversation, stream' : 'analyze');

    const asked: CompiledQuery[] = [];
    const read = overheard(db.read, asked);
    const grounds = await groundsOf(read, me, null);
    expect(grounds).toHaveLength(20);
    const index = searchIndexOf(dialect);
    const question = { viewerId: me, grounds, marks: [], from: 0, below: Number.MAX_SAFE_INTEGER, limit: 51 };
    for (const [q, marks] of [
      ['kereru', []],
      ['"kia ora"', []],
      ['kia kere', []],
      ['tui', [authorMark(author)]],
      ['nowhere', []],
    ] as const) {
      const found = await index.candidates(read, { ...question, terms: termsOf(q), marks });
      expect(found, q).toHaveLength(q === 'nowhere' ? 0 : 51);
    }
    // Page by page it is exactly what a look at every message finds, however common a word is.
    const mine = said.filter((m) => m.seq >= joinedAt(chats.indexOf(m.conversationId)) && chats.indexOf(m.conversationId) < 20);
    for (const wanted of [['tui'], ['kia', 'tui'], ['kereru'], ['ora', 'kereru'], ['kia']]) {
      const right = mine.filter((m) => wanted.every((word) => m.words.includes(word))).map((m) => m.doc);
      const pages: number[] = [];
      for (let below = Number.MAX_SAFE_INTEGER; ; below = pages.at(-1) ?? 0) {
        const page = await index.candidates(read, {
          ...question,
          below,
          limit: 173,
          terms: wanted.map((word) => ({ words: [word], prefix: false })),
        });
        pages.push(...page.map(({ doc }) => doc));
        if (page.length < 173) break;
      }
      expect(pages, wanted.join(' ')).toEqual(right.toSorted((a, b) => b - a));
    }
    await index.placesOf(read, said.slice(0, 3), [1, 2]);
    const walks: string[] = [];
    for (const query of asked) {
      const explained = await db.read.executeQuery({
        ...query,
        sql: `${dialect === 'mysql' ? 'explain format=traditional' : 'explain query plan'} ${query.sql}`,
      });
      for (const line of explained.rows as Record<string, unknown>[]) {
        const walk =
          dialect === 'mysql'
            ? line.type === 'ALL' && !/^<|^[tsu]$/.test(String(line.table))
            : /^SCAN (?!f VIRTUAL|\d+-ROW VALUES|\(?CONSTANT|.*\bsubquery)/i.test(String(line.detail));
        if (walk) walks.push(`${JSON.stringify(line)} of ${query.sql.slice(0, 200)}`);
      }
    }
    process.stdout.write(`plans [${dialect}]: ${asked.length} statements\n`);
    expect(walks).toEqual([]);
    expect(asked.length).toBeGreaterThan(5);
    await db.close();
  });
});
