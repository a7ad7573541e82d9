import { type Head, idOf } from '@koreromai/db';
import type { LogEvent } from '../log/event.ts';

/** What is said in a stream moves nobody in it. */
const said = /^(message|reaction|pin)\./;

/** Whether after this event everybody is where they were, and may do what they might. */
export const movesNobody = ({ type }: Pick<LogEvent, 'type'>): boolean => said.test(type);

interface Held {
  readonly stream: string;
  /** Where the stream's head stood when it was true. */
  seq: number;
  readonly fact: unknown;
}

/** What a batch rests on that it does not read. */
export interface Recalled {
  readonly known: ReadonlyMap<string, unknown>;
  readonly held: readonly Held[];
}

export const nothingRecalled: Recalled = { known: new Map(), held: [] };

/** A fact that was held on to may be one no longer. It has been forgotten: the same changes can be tried again at once. */
export class Outdated extends Error {}

/** Streams of which something is held at once; then it begins anew. */
const most = 10_000;

/**
 * Facts about streams that changes of one kind have read under their locks, for the next ones. Whoever changes such a fact writes to the
 * stream, so it is good for as long as the head stands where it stood, or was moved by what moves nobody. Every change reads the heads of its
 * streams under their locks, and is tried again where one is elsewhere (`check`).
 */
export class Recall {
  readonly #held = new Map<string, Held>();

  of(streams: Iterable<string>): Recalled {
    const known = new Map<string, unknown>();
    const held: Held[] = [];
    for (const stream of streams) {
      const one = this.#held.get(stream);
      if (!one || known.has(stream)) continue;
      known.set(stream, one.fact);
      held.push(one);
    }
    return { known, held };
  }

  /** Throws `Outdated` where a head is not where it was. */
  check({ held }: Recalled, heads: ReadonlyMap<string, number>): void {
    const outdated = held.filter(({ stream, seq }) => heads.get(stream) !== seq);
    for (const { stream } of outdated) this.#held.delete(stream);
    if (outdated.length > 0) throw new Outdated('Somebody else has written to the stream meanwhile.');
  }

  /** Holds on to what was read when the heads stood there. */
  keep(facts: Iterable<readonly [stream: string, fact: unknown]>, heads: readonly Head[]): void {
    let seqs: Map<string, number> | null = null;
    for (const [stream, fact] of facts) {
      if (this.#held.has(stream)) continue;
      seqs ??= new Map(heads.map((head) => [idOf(head.id), head.seq]));
      const seq = seqs.get(stream);
      if (seq === undefined) continue;
      if (this.#held.size >= most) this.#held.clear();
      this.#held.set(stream, { stream, seq, fact });
    }
  }

  /** Changes are on their way that move these streams: the next ones are decided on where they will stand. */
  moved(seqs: Iterable<readonly [stream: string, seq: number]>): void {
    for (const [stream, seq] of seqs) {
      const one = this.#held.get(stream);
      if (one) one.seq = seq;
    }
  }

  has(stream: string): boolean {
    return this.#held.has(stream);
  }

  forget(streams: Iterable<string>): void {
    for (const stream of streams) this.#held.delete(stream);
  }

  /** Something was committed, here or elsewhere. Of each stream in the order of its events, some perhaps twice. */
  heard(event: Pick<LogEvent, 'stream' | 'seq' | 'type'>): void {
    const one = this.#held.get(event.stream);
    if (!one || event.seq <= one.seq) return;
    if (event.seq === one.seq + 1 && movesNobody(event)) one.seq = event.seq;
    else this.#held.delete(event.stream);
  }
}

/** What the changes of a lane hold on to, each kind for itself. */
export class Recalls {
  readonly #kinds = new Map<object, Recall>();

  for(kind: object): Recall {
    let recall = this.#kinds.get(kind);
    if (!recall) this.#kinds.set(kind, (recall = new Recall()));
    return recall;
  }

  heard(event: Pick<LogEvent, 'stream' | 'seq' | 'type'>): void {
    for (const recall of this.#kinds.values()) recall.heard(event);
  }
}
