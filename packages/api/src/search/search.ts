import { limits, momentOf, Refusal, type SearchInput } from '@koreromai/contract';
import {
  authorMark,
  docAt,
  groundsOf,
  hasLink,
  idOf,
  kindMark,
  type MessageRow,
  matches,
  messagesById,
  searchIndexOf,
  type Term,
  termsOf,
} from '@koreromai/db';
import type { Services } from '../services.ts';

/** One message found, with its place in the order of all. */
export interface Found {
  readonly doc: number;
  readonly row: MessageRow;
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
  const wrong =
    words === 0
      ? 'must hold a letter, a number or an emoji'
      : terms.length > limits.search.maxTerms || words > limits.search.maxWords
        ? `must have at most ${limits.search.maxTerms} words`
        : null;
  if (wrong) throw new Refusal('BAD_INPUT', { fields: { q: wrong } });
  const [start, end] = [after, before].map((raw) => (raw === undefined ? undefined : momentOf(raw, tz)));
  if (start === null || end === null || (start !== undefined && end !== undefined && start >= end) || momentOf('2000-01-01', tz) === null) {
    throw new Refusal('BAD_RANGE', {
      fields: { ...(start === null ? { after: 'is no date' } : {}), ...(end === null ? { before: 'is no date' } : {}) },
    });
  }
  return {
    viewerId,
    terms,
    input: { in: conversationId, from, has },
    from: Math.max(0, docAt(start ?? 0)),
    to: end === undefined ? Number.MAX_SAFE_INTEGER : docAt(end),
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
  const known = await groundsOf(read, viewerId, input.in ?? null);
  if (input.in !== undefined && known.length === 0) throw new Refusal('NOT_FOUND');
  if (input.in !== undefined && known.every((g) => g.closed)) throw new Refusal('CONVERSATION_CLOSED');
  const grounds = known.filter((g) => !g.closed && g.ranges.length > 0);
  if (grounds.length === 0) return [];
  const marks = [...(input.from ? [authorMark(input.from)] : []), ...(input.has ? [kindMark(input.has)] : [])];
  const index = searchIndexOf(db.url.dialect);
  const all: Found[] = [];
  let below = Math.min(beyond ?? search.to, search.to);
  for (let limit = count; all.length < count; limit = Math.min(limit * 4, 1_000)) {
    const candidates = await index.candidates(db.side, { viewerId, grounds, terms, marks, from, below, limit });
    const shown = candidates.flatMap(({ doc, id }) => (id === null ? [] : [{ doc, id: idOf(id) }]));
    const rows = new Map(
      (
        await messagesById(
          read,
          shown.map((s) => s.id),
        )
      ).map((row) => [idOf(row.id), row]),
    );
    for (const { doc, id } of shown) {
      const row = rows.get(id);
      if (row && all.length < count && answers(search, row)) all.push({ doc, row });
    }
    if (candidates.length < limit) break;
    below = candidates.at(-1)?.doc ?? 0;
  }
  return all;
}

/** The message as it stands now answers the question. */
function answers({ terms, input }: Search, row: MessageRow): boolean {
  if (row.deleted_at !== null || row.text === null) return false;
  if (input.in !== undefined && idOf(row.conversation_id) !== input.in) return false;
  if (input.from !== undefined && idOf(row.author_id) !== input.from) return false;
  return (input.has !== 'link' || hasLink(row.text)) && matches(terms, row.text);
}
