import { isoOf } from '@koreromai/contract';
import { bytesOf, type Engine, type Head, idOf, type Lookup, type Row, type Write } from '@koreromai/db';
import type { LogEvent } from '../log/event.ts';
import type { Probe } from '../probe.ts';
import type { ChangeKind } from './change.ts';
import { Draft, type DraftedEvent, joined } from './draft.ts';
import { nothingRecalled, type Recalled, type Recalls } from './recall.ts';

// biome-ignore lint/suspicious/noExplicitAny: the queue holds changes of every kind; each kind's own types meet again in `decide`
export type AnyKind = ChangeKind<any, Record<string, Lookup>, any, any, any>;

export interface Change {
  readonly kind: AnyKind;
  readonly input: unknown;
  /** Bytes it adds to the packet, roughly. */
  readonly size: number;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface Outcome {
  /** Every change of the batch with its answer or its refusal. */
  readonly answers: { change: Change; output?: unknown; error?: unknown }[];
  readonly events: LogEvent[];
}

/** A batch whose transaction has begun: what it asked of the database is on its way. */
export interface Started {
  readonly changes: readonly Change[];
  readonly ready: Promise<Ready>;
  /** Whether the database has answered. */
  readonly isReady: () => boolean;
}

interface Ready {
  readonly kinds: readonly Grouped[];
  readonly recalled: readonly Recalled[];
  readonly lookups: readonly Record<string, Lookup>[];
  readonly locked: ReadonlySet<string>;
  readonly heads: readonly Head[];
  readonly found: Row[][];
}

/** Begins a transaction for these changes: lock, load. The engine has been told when it returns; whatever it throws is thrown by `finishBatch`. */
export function startBatch(engine: Engine, recalls: Recalls, changes: readonly Change[]): Started {
  const ready = begin(engine, recalls, changes);
  let answered = false;
  const note = () => {
    answered = true;
  };
  ready.then(note, note); // whoever finishes it hears what went wrong
  return { changes, ready, isReady: () => answered };
}

async function begin(engine: Engine, recalls: Recalls, changes: readonly Change[]): Promise<Ready> {
  const streams = [...new Set(changes.flatMap((c) => [...c.kind.streams(c.input)]))].sort();
  const kinds = groupByKind(changes);
  const recalled = kinds.map(({ kind, inputs }) =>
    kind.holds ? recalls.for(kind).of(inputs.flatMap((i) => [...kind.streams(i)])) : nothingRecalled,
  );
  const lookups = kinds.map(({ kind, inputs }, i) => kind.lookups(inputs, (recalled[i] ?? nothingRecalled).known));
  const { heads, found } = await engine.begin(
    streams.map(bytesOf),
    lookups.flatMap((l) => Object.values(l)),
  );
  return { kinds, recalled, lookups, locked: new Set(streams), heads, found };
}

export interface Finishing {
  /** Milliseconds since 1970, asked for once what it rests on has been read. */
  readonly now: () => number;
  readonly probe: Probe;
  /** What kinds of changes hold on to. */
  readonly recalls: Recalls;
  /** The database has the last word of this batch and is at work: time for what else there is to do. Not called where nothing is to be written. */
  readonly sent?: () => void;
}

/** Decides each change of a batch that was begun, writes together, commits. Throws what the database throws, and `Outdated` where it rested on something that has changed. */
export async function finishBatch(
  engine: Engine,
  { changes, ready }: Started,
  { now: clock, probe, sent, recalls }: Finishing,
): Promise<Outcome> {
  const { kinds, recalled, lookups, locked, heads, found } = await ready;
  const now = clock();
  probe('lane.locked');

  const seqs = new Map(heads.map((h) => [idOf(h.id), h.seq]));
  for (const [i, { kind }] of kinds.entries()) recalls.for(kind).check(recalled[i] ?? nothingRecalled, seqs);
  const facts = arrange(kinds, recalled, lookups, found);
  const answers: Outcome['answers'] = [];
  const writes: Write[] = [];
  const events: DraftedEvent[] = [];
  const moved = new Set<string>();
  for (const change of changes) {
    const draft = new Draft(now, seqs, locked);
    try {
      const output = change.kind.decide(change.input, facts.get(change.kind), draft);
      for (const [stream, seq] of draft.moved) {
        seqs.set(stream, seq);
        moved.add(stream);
      }
      writes.push(...draft.writes);
      events.push(...draft.events);
      answers.push({ change, output });
    } catch (error) {
      answers.push({ change, error }); // a refusal drops out alone: nothing of it was written
    }
  }
  probe('lane.decided');

  if (writes.length === 0 && events.length === 0) {
    await engine.rollback();
    return { answers, events: [] };
  }
  const tops: Head[] = [...moved].sort().map((stream) => ({ id: bytesOf(stream), seq: seqs.get(stream) ?? 0 }));
  probe('lane.beforeCommit');
  const committing = engine.commit(
    joined(writes),
    events.map((e) => e.row),
    tops,
  );
  committing.catch(() => {}); // it is awaited below, whatever `sent` does
  sent?.();
  const head = await committing;
  probe('lane.afterCommit');
  const log = head === null ? [] : events.map((e, i) => logged(e, head - events.length + 1 + i));
  for (const { kind } of kinds) if (kind.holds) recalls.for(kind).keep(kind.holds(facts.get(kind)), heads);
  for (const event of log) recalls.heard(event);
  return { answers, events: log };
}

export function logged({ row, stream, draft }: DraftedEvent, pos: number): LogEvent {
  const event = {
    pos,
    stream,
    seq: row.seq,
    type: draft.type,
    actor: draft.actor ?? null,
    subject: draft.subject ?? null,
    number: row.number,
    at: row.at,
  };
  return draft.view ? { ...event, view: draft.view({ stream, seq: row.seq, at: isoOf(row.at) }) } : event;
}

interface Grouped {
  readonly kind: AnyKind;
  readonly inputs: unknown[];
}

function groupByKind(changes: readonly Change[]): Grouped[] {
  const groups = new Map<AnyKind, unknown[]>();
  for (const { kind, input } of changes) {
    const inputs = groups.get(kind);
    if (inputs) inputs.push(input);
    else groups.set(kind, [input]);
  }
  return [...groups].map(([kind, inputs]) => ({ kind, inputs }));
}

function arrange(
  kinds: readonly Grouped[],
  recalled: readonly Recalled[],
  lookups: readonly Record<string, Lookup>[],
  found: Row[][],
): Map<AnyKind, unknown> {
  let at = 0;
  return new Map(
    kinds.map(({ kind, inputs }, i) => {
      const asked = lookups[i] ?? {};
      const rows = found.slice(at, (at += Object.keys(asked).length));
      return [kind, kind.facts(namedRows(asked, rows), inputs, (recalled[i] ?? nothingRecalled).known)];
    }),
  );
}

/** The rows that look-ups found, under their names. */
export const namedRows = (lookups: Record<string, Lookup>, found: readonly Row[][]): Record<string, Row[]> =>
  Object.fromEntries(Object.keys(lookups).map((name, i) => [name, found[i] ?? []]));
