import { bytesOf, type Engine, type Head, idOf, type Lookup, type Row, type Write } from '@koreromai/db';
import type { LogEvent } from '../log/event.ts';
import type { Probe } from '../probe.ts';
import type { ChangeKind } from './change.ts';
import { Draft, type DraftedEvent, joined } from './draft.ts';

// biome-ignore lint/suspicious/noExplicitAny: the queue holds changes of every kind; each kind's own types meet again in `decide`
export type AnyKind = ChangeKind<any, Record<string, Lookup>, any, any>;

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

/** Runs changes in one transaction: lock, load, decide each, write together, commit. Throws what the database throws. */
export async function runBatch(engine: Engine, changes: readonly Change[], now: number, probe: Probe): Promise<Outcome> {
  const streams = [...new Set(changes.flatMap((c) => [...c.kind.streams(c.input)]))].sort();
  const locked = new Set(streams);
  const kinds = groupByKind(changes);
  const lookups = kinds.map(({ kind, inputs }) => kind.lookups(inputs));
  const { heads, found } = await engine.begin(
    streams.map(bytesOf),
    lookups.flatMap((l) => Object.values(l)),
  );
  probe('lane.locked');

  const facts = arrange(kinds, lookups, found);
  const seqs = new Map(heads.map((h) => [idOf(h.id), h.seq]));
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
  const head = await engine.commit(
    joined(writes),
    events.map((e) => e.row),
    tops,
  );
  probe('lane.afterCommit');
  return { answers, events: head === null ? [] : events.map((e, i) => logged(e, head - events.length + 1 + i)) };
}

function logged({ row, stream, draft }: DraftedEvent, pos: number): LogEvent {
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
  return draft.view ? { ...event, view: draft.view({ stream, seq: row.seq, at: new Date(row.at).toISOString() }) } : event;
}

function groupByKind(changes: readonly Change[]): { kind: AnyKind; inputs: unknown[] }[] {
  const groups = new Map<AnyKind, unknown[]>();
  for (const { kind, input } of changes) {
    const inputs = groups.get(kind);
    if (inputs) inputs.push(input);
    else groups.set(kind, [input]);
  }
  return [...groups].map(([kind, inputs]) => ({ kind, inputs }));
}

function arrange(kinds: { kind: AnyKind; inputs: unknown[] }[], lookups: Record<string, Lookup>[], found: Row[][]): Map<AnyKind, unknown> {
  let at = 0;
  return new Map(
    kinds.map(({ kind, inputs }, i) => {
      const named = Object.fromEntries(Object.keys(lookups[i] ?? {}).map((name) => [name, found[at++] ?? []]));
      return [kind, kind.facts(named, inputs)];
    }),
  );
}
