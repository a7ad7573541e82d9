import type { Write } from '../engine/engine.ts';
import type { Reader } from '../orm.ts';
import type { SeqRange } from '../queries/visible.ts';
import { mysqlSearch } from './mysql.ts';
import { sqliteSearch } from './sqlite.ts';
import type { Term } from './terms.ts';

/** A message's place in the index. */
export interface Place {
  readonly conversationId: string;
  readonly seq: number;
  /** Orders all messages by birth, see `docOf`. */
  readonly doc: number;
}

/** A message as the index knows it. */
export interface Indexed extends Place {
  /** In the text's order, repeats included. */
  readonly words: readonly string[];
  /** `authorMark`, `kindMark`. */
  readonly marks: readonly string[];
}

/** A conversation to search, with the seqs that its reader can see at all. */
export interface Ground {
  readonly conversationId: string;
  readonly ranges: readonly (SeqRange & { readonly to: number })[];
  readonly closed: boolean;
}

export interface Question {
  readonly viewerId: string;
  readonly grounds: readonly Ground[];
  readonly terms: readonly Term[];
  readonly marks: readonly string[];
  /** Docs from `from` on, and below `below`. */
  readonly from: number;
  readonly below: number;
  readonly limit: number;
}

/** `id` is null where the viewer may not see it, or it is deleted: only its place counts. */
export interface Candidate {
  readonly doc: number;
  readonly id: Buffer | null;
}

/** One index, kept by a follower of the log and therefore a moment behind. */
export interface SearchIndex {
  /** The docs that these messages have, and the messages that have these docs. */
  placesOf(read: Reader, messages: readonly Pick<Place, 'conversationId' | 'seq'>[], docs: readonly number[]): Promise<Filed[]>;
  /** What to write so that messages are found by what they say now: `before` is how they stand in the index, `now` is how they shall. */
  writes(before: readonly Filed[], now: readonly Indexed[]): Write[];
  /** At most `limit` messages that seem to match, newest first; fewer means that there are no more. The caller holds each against its text. */
  candidates(read: Reader, question: Question): Promise<Candidate[]>;
}

/** `words` is what was indexed, where the index needs it to forget. */
export interface Filed extends Place {
  readonly words: string | null;
}

/** Orders by birth, and by `pos` within a millisecond. Below 2^53 until the year 2248. */
export const docOf = (createdAt: number, pos: number) => createdAt * perMillisecond + (pos % perMillisecond);
/** The first doc of a millisecond. */
export const docAt = (ms: number) => ms * perMillisecond;
const perMillisecond = 1024;

export const searchIndexOf = (dialect: 'sqlite' | 'mysql'): SearchIndex => (dialect === 'sqlite' ? sqliteSearch : mysqlSearch);
