import { limits, Refusal, type SearchInput } from '@koreromai/contract';
import {
  authorMark,
  docAt,
  type Ground,
  groundsOf,
  idOf,
  kindMark,
  kindsOf,
  type MessageRow,
  matches,
  messagesById,
  parsed,
  type Reader,
  roomGround,
  type SeqRange,
  searchIndexOf,
  type Term,
  termsOf,
} from '@koreromai/db';
import { rangeOf } from '../analytics/range.ts';
import type { Services } from '../services.ts';

/** One message found, with its place in the order of all. */
export interface Found {
  readonly doc: number;
  readonly row: MessageRow;
  /** What of its chat the viewer sees, for the message that it answers. */
  readonly eyes: { readonly ranges: readonly SeqRange[]; readonly clearedSeq: number };
}

export interface Search {
  readonly viewerId: string;
  readonly terms: readonly Term[];
  readonly input: Omit<SearchInput, 'q' | 'cursor' | 'limit' | 'before' | 'after' | 'tz'>;
  /** Docs from `from` on and below `to`. */
  readonly from: number;
  readonly to: number;
}

/** Reads the question. Throws BAD_INPUT for one without words or with too many, BAD_RANGE for dates that are none. */
export function readSearch(viewerId: string, { q, before, after, tz, in: conversationId, from, has }: SearchInput): Search {
  const terms = termsOf(q);
  const words = terms.flatMap((t) => t.words).length;
  const unasked = q === '' && !has && !from;
  const wrong =
    unasked || (q !== '' && words === 0)
      ? 'must hold a letter, a number or an emoji'
      : terms.length > limits.search.maxTerms || words > limits.search.maxWords
        ? `must have at most ${limits.search.maxTerms} words`
        : null;
  if (wrong) throw new Refusal('BAD_INPUT', { fields: { q: wrong } });
  const range = rangeOf({ from: after, to: before, tz }, { from: 'after', to: 'before' });
  return {
    viewerId,
    terms,
    input: { in: conversationId, from, has },
    from: docAt(Math.max(0, range.from ?? 0)),
    to: range.to === null ? Number.MAX_SAFE_INTEGER : Math.min(docAt(range.to), Number.MAX_SAFE_INTEGER),
  };
}

/**
 * At most `count` messages below a doc, newest first. The index proposes; whether the viewer may see a message now, and whether
 * its text still says so, is asked of the message itself: an index that lags behind shows nothing that was edited or deleted.
 */
export async function found(
  services: Pick<Services, 'db' | 'read'>,
  search: Search,
  beyond: number | null,
  count: number,
): Promise<Found[]> {
  const { db, read } = services;
  const { viewerId, terms, input, from } = search;
  const grounds = await groundsFor(read, search);
  if (grounds.length === 0) return [];
  const ranges = new Map(grounds.map((ground) => [ground.conversationId, ground.ranges]));
  const marks = [...(input.from ? [authorMark(input.from)] : []), ...(input.has ? [kindMark(input.has)] : [])];
  const index = searchIndexOf(db.url.dialect);
  const all: Found[] = [];
  let below = Math.min(beyond ?? search.to, search.to);
  for (let limit = count; all.length < count; limit = Math.min(limit * 4, 1_000)) {
    const candidates = await index.candidates(db.side, { viewerId, grounds, terms, marks, from, below, limit });
    const shown = candidates.flatMap(({ doc, id }) => (id === null ? [] : [{ doc, id: idOf(id) }]));
    const ids = shown.map(({ id }) => id);
    const rows = new Map((await messagesById(read, ids, viewerId)).map((row) => [idOf(row.id), row]));
    for (const { doc, id } of shown) {
      const row = rows.get(id);
      const where = row && ranges.get(idOf(row.conversation_id)); // none: two signs fell together
      if (where && answers(search, row) && all.length < count) all.push({ doc, row, eyes: { ranges: where, clearedSeq: 0 } });
    }
    if (candidates.length < limit) break;
    below = candidates.at(-1)?.doc ?? 0;
  }
  return all;
}

/** Where to look. Throws NOT_FOUND and CONVERSATION_CLOSED for the one chat that was named. */
async function groundsFor(read: Reader, { viewerId, input }: Search): Promise<Ground[]> {
  const grounds = await groundsOf(read, viewerId, input.in ?? null);
  if (input.in !== undefined) {
    const ground = grounds[0] ?? (await roomGround(read, viewerId, input.in));
    if (ground === null) throw new Refusal('NOT_FOUND');
    if (ground.closed) throw new Refusal('CONVERSATION_CLOSED');
    return ground.ranges.length > 0 ? [ground] : [];
  }
  return grounds.filter((ground) => !ground.closed && ground.ranges.length > 0);
}

/** The message as it stands now answers the question. */
function answers({ terms, input }: Search, row: MessageRow): boolean {
  if (row.deleted_at !== null || row.text === null) return false;
  if (input.from !== undefined && idOf(row.author_id) !== input.from) return false;
  const types = (parsed(row.files) ?? []).map((file) => file.type);
  return (input.has === undefined || kindsOf(row.text, types).includes(input.has)) && matches(terms, row.text);
}
