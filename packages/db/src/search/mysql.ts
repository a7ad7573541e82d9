import { type RawBuilder, sql } from 'kysely';
import type { Value, Write } from '../engine/engine.ts';
import { bytesOf, idOf } from '../ids.ts';
import type { Reader } from '../orm.ts';
import { seen } from '../queries/visible.ts';
import type { Candidate, Filed, Ground, Indexed, Question, SearchIndex } from './search.ts';
import type { Term } from './terms.ts';

/** Grounds asked about in one statement. */
const most = 400;
/** How far words are counted to find the rarest. */
const enough = 1_000;

/**
 * One row per conversation, word and message, clustered in that order: the newest of a word in a conversation lie together and are
 * read from their end. FULLTEXT gathers everything that matches before it gives the first row: 3.3 s for a common word among a
 * million messages, against 0.04 s here; and it drops short words unless the server is set up for us (docs/decisions/0007).
 */
export const mysqlSearch: SearchIndex = {
  async placesOf(read, messages, docs) {
    if (messages.length === 0) return [];
    const here = messages.map((m) => sql`(${bytesOf(m.conversationId)}, ${m.seq})`);
    const { rows } = await sql<{ conversation_id: Buffer; seq: number; doc: number; words: string }>`
      select conversation_id, seq, doc, words from search_document where (conversation_id, seq) in (${sql.join(here)})
      union all select conversation_id, seq, doc, words from search_document where doc in (${sql.join(docs)})
        and (conversation_id, seq) not in (${sql.join(here)})`.execute(read);
    return rows.map((r) => ({ conversationId: idOf(r.conversation_id), seq: Number(r.seq), doc: Number(r.doc), words: r.words }));
  },

  writes: (before, now) => [...before.flatMap(forget), ...remember(now)],

  async candidates(read, question) {
    return recent(read, question, await rarest(read, question));
  },
};

function forget({ conversationId, seq, doc, words }: Filed): Write[] {
  const id = bytesOf(conversationId);
  const rows = new Set((words ?? '').trim().split(' '));
  return [
    ...[...rows].map((word) => ({ do: 'delete' as const, table: 'search_word' as const, where: { conversation_id: id, word, doc } })),
    { do: 'delete', table: 'search_document', where: { conversation_id: id, seq } },
  ];
}

/** All of a batch in two statements: the server reads and plans each by itself, while whoever posts waits. */
function remember(now: readonly Indexed[]): Write[] {
  const documents: Value[][] = [];
  const words: Value[][] = [];
  for (const { conversationId, seq, doc, words: said, marks } of now) {
    const id = bytesOf(conversationId);
    const all = [...marks, ...said];
    documents.push([id, seq, doc, ` ${all.join(' ')} `]);
    for (const word of new Set(all)) words.push([id, word, doc, seq]);
  }
  if (documents.length === 0) return [];
  return [
    {
      ...{ do: 'insert', table: 'search_document', onDuplicate: 'fail' },
      columns: ['conversation_id', 'seq', 'doc', 'words'],
      rows: documents,
    },
    { do: 'insert', table: 'search_word', onDuplicate: 'fail', columns: ['conversation_id', 'word', 'doc', 'seq'], rows: words },
  ];
}

/** A row's key in the index: a word, or with `prefix` all words that begin so. */
interface Key {
  readonly word: string;
  readonly prefix: boolean;
}

const keysOf = ({ terms, marks }: Pick<Question, 'terms' | 'marks'>): Key[] => [
  ...marks.map((word) => ({ word, prefix: false })),
  ...terms.flatMap(({ words, prefix }) => words.map((word, i) => ({ word, prefix: prefix && i === words.length - 1 }))),
];
const isKey = (alias: string, { word, prefix }: Key) =>
  prefix ? sql`${sql.ref(`${alias}.word`)} like ${`${word}%`}` : sql`${sql.ref(`${alias}.word`)} = ${word}`;

/** The word to walk along: the one that fewest messages have. */
async function rarest(read: Reader, question: Question): Promise<Key> {
  const keys = keysOf(question);
  const [first] = keys;
  if (!first) throw new Error('A search without words has nothing to walk along.');
  if (keys.length === 1) return first;
  const ids = sql.join(question.grounds.slice(0, most).map((g) => bytesOf(g.conversationId)));
  const counts = keys.map((key, i) => {
    const some = sql`select 1 from search_word as w where w.conversation_id in (${ids}) and ${isKey('w', key)} limit ${sql.lit(enough)}`;
    return sql`select ${sql.lit(i)} as i, count(*) as n from (${some}) as s`;
  });
  const { rows } = await sql<{ i: number; n: number }>`${sql.join(counts, sql` union all `)}`.execute(read);
  const [least] = rows.toSorted((a, b) => Number(a.n) - Number(b.n) || Number(a.i) - Number(b.i));
  return keys[Number(least?.i ?? 0)] ?? first;
}

/** Docs of a day, and how far the steps through the past may grow. */
const aDay = 86_400_000 * 1024;
const longestWalk = 32_000;

/**
 * From now backwards: all of the past where it is short enough, else a day of it, then as much as the days so far let expect. Common
 * words are found among the last days; what a step walks through is bounded, and so is the number of steps.
 */
async function recent(read: Reader, question: Question, driver: Key): Promise<Candidate[]> {
  const { grounds, from, limit } = question;
  const found: Candidate[] = [];
  let top = Math.min(question.below, (await newestDoc(read)) + 1);
  let [width, walk] = [Number.POSITIVE_INFINITY, enough];
  while (found.length < limit && top > from) {
    const span = { from: Math.max(from, top - width), below: top, limit: limit - found.length };
    const step = { rows: [] as Candidate[], walked: 0 };
    for (let i = 0; i < grounds.length && step.walked <= walk; i += most) {
      const { rows, walked } = await between(read, { ...question, ...span, grounds: grounds.slice(i, i + most) }, driver, walk);
      step.rows.push(...rows);
      step.walked = Math.max(step.walked, walked);
    }
    if (step.walked > walk && driver.prefix) return inEach(read, question, driver);
    if (step.walked > walk) {
      width = width > aDay ? aDay : Math.max(walk, Math.floor(width / 8)); // no more rows than docs: it ends
      continue;
    }
    found.push(...step.rows.sort((a, b) => b.doc - a.doc).slice(0, span.limit));
    top = span.from;
    width *= Math.min(64, Math.max(2, walk / 2 / Math.max(1, step.walked)));
    walk = Math.min(walk * 2, longestWalk);
  }
  return found;
}

async function newestDoc(read: Reader): Promise<number> {
  const { rows } = await sql<{ doc: number | null }>`select max(doc) as doc from search_document`.execute(read);
  return Number(rows[0]?.doc ?? -1);
}

/** The newest messages of some conversations between two docs, and how many rows were walked through: with more than `walk` they are not complete. */
async function between(read: Reader, question: Question, driver: Key, walk: number): Promise<{ rows: Candidate[]; walked: number }> {
  const { viewerId, grounds, from, below, limit } = question;
  const beside = besides(question);
  const rest = beside.length === 0 ? sql`` : sql`and ${holdsAll('near', beside)}`;
  const { rows } = await sql<{ doc: number | null; id: Buffer | null; walked: number }>`
    with near as (select ${driver.prefix ? sql`distinct` : sql``} w.doc, w.seq, w.conversation_id from search_word as w force index (primary)
      where w.conversation_id in (${sql.join(grounds.map((g) => bytesOf(g.conversationId)))}) and ${isKey('w', driver)}
        and w.doc >= ${from} and w.doc < ${below} limit ${sql.lit(walk + 1)})
    select t.doc, case when m.deleted_at is null and ${seen('m', 'c', viewerId)} then m.id end as id, 0 as walked
    from (select near.doc, near.seq, near.conversation_id from near where ${stays(grounds)} ${rest} order by near.doc desc limit ${sql.lit(limit)}) as t
    left join message as m on m.conversation_id = t.conversation_id and m.seq = t.seq
    left join conversation as c on c.id = m.conversation_id
    union all select null, null, count(*) from near`.execute(read);
  return {
    rows: rows.flatMap((r) => (r.doc === null ? [] : [{ doc: Number(r.doc), id: r.id }])),
    walked: rows.reduce((sum, r) => sum + Number(r.walked), 0),
  };
}

/** Nothing to ask of conversations that are seen from their beginning. */
function stays(grounds: readonly Ground[]): RawBuilder<boolean> {
  const partly = grounds.filter(({ ranges: [first, ...more] }) => more.length > 0 || (first?.from ?? 2) > 1);
  if (partly.length === 0) return sql<boolean>`1 = 1`;
  const each = partly.map(({ conversationId, ranges }) => {
    const inside = ranges.map((r) => sql`near.seq between ${r.from} and ${r.to}`);
    return sql`when ${bytesOf(conversationId)} then (${inside.length === 0 ? sql`1 = 0` : sql.join(inside, sql` or `)})`;
  });
  return sql<boolean>`case near.conversation_id ${sql.join(each, sql` `)} else 1 = 1 end`;
}

/** What the rows of one word have to be asked besides. */
const besides = (question: Question): Term[] =>
  keysOf(question).length === 1 ? [] : [...question.marks.map((word) => ({ words: [word], prefix: false })), ...question.terms];

/** For a beginning of many words, which lie apart from each other: the newest of each conversation. */
async function inEach(read: Reader, question: Question, driver: Key): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (let i = 0; i < question.grounds.length; i += most) {
    found.push(...(await newest(read, question, driver, question.grounds.slice(i, i + most))));
  }
  return found.sort((a, b) => b.doc - a.doc).slice(0, question.limit);
}

async function newest(read: Reader, question: Question, driver: Key, grounds: readonly Ground[]): Promise<Candidate[]> {
  const { viewerId, from, below, limit } = question;
  const beside = besides(question);
  const each = grounds.map(({ conversationId, ranges }) => {
    const id = bytesOf(conversationId);
    const stays = sql.join(
      ranges.map((r) => sql`w.seq between ${r.from} and ${r.to}`),
      sql` or `,
    );
    const rest = beside.length === 0 ? sql`` : sql`and ${holdsAll('w', beside)}`;
    return sql`(select ${driver.prefix ? sql`distinct` : sql``} w.doc, w.seq, w.conversation_id from search_word as w
      where w.conversation_id = ${id} and ${isKey('w', driver)} and w.doc >= ${from} and w.doc < ${below} and (${stays}) ${rest}
      order by w.doc desc limit ${sql.lit(limit)})`;
  });
  const { rows } = await sql<{ doc: number; id: Buffer | null }>`
    select t.doc, case when m.deleted_at is null and ${seen('m', 'c', viewerId)} then m.id end as id
    from (${sql.join(each, sql` union all `)} order by doc desc limit ${sql.lit(limit)}) as t
    left join message as m on m.conversation_id = t.conversation_id and m.seq = t.seq
    left join conversation as c on c.id = m.conversation_id
    order by t.doc desc`.execute(read);
  return rows.map((r) => ({ doc: Number(r.doc), id: r.id }));
}

/** Words have no signs that LIKE would read. */
const holdsAll = (alias: string, terms: readonly Term[]): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from search_document as d where d.conversation_id = ${sql.ref(`${alias}.conversation_id`)} and d.seq = ${sql.ref(`${alias}.seq`)} and ${sql.join(
    terms.map(({ words, prefix }) => sql`d.words like ${`% ${words.join(' ')}${prefix ? '' : ' '}%`}`),
    sql` and `,
  )})`;
