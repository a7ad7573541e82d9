import { bytesOf, type Engine, type Write } from '@koreromai/db';
import type { Probe } from '../probe.ts';
import { type AnyKind, type Change, logged, type Outcome } from './batch.ts';
import { Draft, type DraftedEvent, joined } from './draft.ts';
import type { Recall } from './recall.ts';

export interface Assuming {
  readonly ahead: NonNullable<Engine['ahead']>;
  readonly recall: Recall;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly probe: Probe;
}

/** Changes that were decided on what is held on to alone, on their way into the database. */
export interface Assumed {
  readonly changes: readonly Change[];
  /** When they were sent, in milliseconds. */
  readonly from: number;
  /** What the database said: the log's new head. Rejects with what it throws: with the fault `moved` where a stream is not where it was believed to be. */
  readonly said: Promise<number | null>;
  /** What came of them, once the database has said yes. */
  outcome(head: number | null): Outcome;
  /** What they were decided on is no longer held on to. */
  forget(): void;
}

/**
 * Decides changes of one kind, of whose streams everything is held on to, and sends them without reading or locking anything first: the database takes them
 * only where every stream stands where it is believed to, which makes it a decision under the locks all the same. Null, and nothing is sent, where one
 * of them would be refused: only what was read refuses.
 */
export function assume(kind: AnyKind, changes: readonly Change[], { ahead, recall, now, probe }: Assuming): Assumed | null {
  const { known, held } = recall.of(changes.flatMap(({ input }) => [...kind.streams(input)]));
  const facts = kind.ahead?.facts(known);
  const seqs = new Map(held.map(({ stream, seq }) => [stream, seq]));
  const locked = new Set(seqs.keys());
  const answers: Outcome['answers'] = [];
  const writes: Write[] = [];
  const events: DraftedEvent[] = [];
  const at = now();
  for (const change of changes) {
    const draft = new Draft(at, seqs, locked);
    try {
      answers.push({ change, output: kind.decide(change.input, facts, draft) });
    } catch {
      return null; // it is decided again, and by then a refusal is a refusal and a mistake is one
    }
    for (const [stream, seq] of draft.moved) seqs.set(stream, seq);
    writes.push(...draft.writes);
    events.push(...draft.events);
  }
  probe('lane.decided');

  const moves = held.map(({ stream, seq }) => ({ id: bytesOf(stream), from: seq, to: seqs.get(stream) ?? seq }));
  probe('lane.beforeCommit');
  const from = performance.now();
  const said = ahead.commit(
    joined(writes),
    events.map((e) => e.row),
    moves,
  );
  said.catch(() => {}); // whoever waits for it hears it
  recall.moved(seqs);
  return {
    changes,
    from,
    said,
    outcome: (head) => ({ answers, events: head === null ? [] : events.map((e, i) => logged(e, head - events.length + 1 + i)) }),
    forget: () => recall.forget(seqs.keys()),
  };
}
