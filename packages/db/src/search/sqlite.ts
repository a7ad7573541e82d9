import { sql } from 'kysely';
import { bytesOf, idOf } from '../ids.ts';
import { seen } from '../queries/visible.ts';
import type { Ground, SearchIndex } from './search.ts';
import type { Term } from './terms.ts';

/** Messages of one conversation that share a sign. */
const block = 4_096;

/**
 * FTS5 without a copy of the texts, its rowid the doc, so that it answers newest first and stops at the page's end.
 * Every word carries the sign of its conversation and block: a common word costs its reader what their own conversations
 * hold of it, not what all the others say; and the years before they came are not even looked at.
 */
export const sqliteSearch: SearchIndex = {
  async placesOf(read, messages, docs) {
    if (messages.length === 0) return [];
    const here = messages.map((m) => sql`(${bytesOf(m.conversationId)}, ${m.seq})`);
    const { rows } = await sql<{ conversation_id: Buffer; seq: number; doc: number }>`
      select conversation_id, seq, doc from search_document where (conversation_id, seq) in (values ${sql.join(here)})
      union select conversation_id, seq, doc from search_document where doc in (${sql.join(docs)})`.execute(read);
    return rows.map((r) => ({ conversationId: idOf(r.conversation_id), seq: r.seq, doc: r.doc, words: null }));
  },

  writes: (before, now) => [
    ...before.flatMap(({ doc }) => [
      { do: 'delete' as const, table: 'message_fts' as const, where: { rowid: doc } },
      { do: 'delete' as const, table: 'search_document' as const, where: { doc } },
    ]),
    ...now.flatMap(({ conversationId, seq, doc, words, marks }) => [
      {
        ...{ do: 'insert' as const, table: 'search_document' as const, onDuplicate: 'fail' as const },
        columns: ['doc', 'conversation_id', 'seq'],
        rows: [[doc, bytesOf(conversationId), seq]],
      },
      {
        ...{ do: 'insert' as const, table: 'message_fts' as const, onDuplicate: 'fail' as const },
        columns: ['rowid', 'words'],
        rows: [[doc, [...marks, ...words].map((word) => signOf(conversationId, Math.floor(seq / block)) + word).join(' ')]],
      },
    ]),
  ],

  async candidates(read, question) {
    const { viewerId, grounds, terms, marks, from, below, limit } = question;
    const wanted: Term[] = [...marks.map((mark) => ({ words: [mark], prefix: false })), ...terms];
    const signs = [...new Set(grounds.flatMap(signsOf))];
    const match = signs.map((sign) => `(${wanted.map((term) => phrase(sign, term)).join(' AND ')})`).join(' OR ');
    // `cross join` keeps the order of the tables: the planner cannot know how few the index gives.
    const { rows } = await sql<{ doc: number; id: Buffer }>`
      select f.rowid as doc, m.id from message_fts as f
      cross join search_document as d on d.doc = f.rowid
      cross join message as m on m.conversation_id = d.conversation_id and m.seq = d.seq
      cross join conversation as c on c.id = m.conversation_id
      where f.words match ${match} and f.rowid < ${below} and f.rowid >= ${from} and m.deleted_at is null and ${seen('m', 'c', viewerId)}
      order by f.rowid desc limit ${limit}`.execute(read);
    return rows;
  },
};

const signsOf = ({ conversationId, ranges }: Ground): string[] =>
  ranges.flatMap(({ from, to }) => {
    const first = Math.floor(from / block);
    return Array.from({ length: Math.max(0, Math.floor(to / block) - first + 1) }, (_, i) => signOf(conversationId, first + i));
  });

/** Eight letters. Two blocks that share them by chance are told apart by the rows behind them. */
function signOf(conversationId: string, number: number): string {
  let [a, b] = [0x811c9dc5 ^ number, 0x9e3779b9 + number];
  for (let i = 0; i < conversationId.length; i++) {
    const c = conversationId.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b) ^ (b >>> 13);
  }
  return ((a >>> 0) * 2 ** 9 + ((b >>> 0) & 0x1ff)).toString(36).padStart(8, '0').slice(-8);
}

/** In quotes everything is a word. Ours have no quotes in them. */
const phrase = (sign: string, { words, prefix }: Term) => `"${words.map((word) => sign + word).join(' ')}"${prefix ? '*' : ''}`;
