import { bytesOf, type Engine } from '@koreromai/db';
import type { Probe } from '../probe.ts';
import { type Assumed, assume } from './assumed.ts';
import { type AnyKind, type Change, namedRows, type Outcome } from './batch.ts';
import type { Recalls } from './recall.ts';

/** Batches on their way at once: one that the database is at, one that waits for it, and one whose answer is on its way back. */
const most = 3;
/** Of what waits, so many changes go at once, or half of them: what came of these is told while the database has the others. */
const atOnce = 16;

const nothing = (): void => {};
const unknown: ReadonlyMap<string, never> = new Map<string, never>();

/** What the first of those on their way has come to. */
export type Landed =
  | { readonly flight: Assumed; readonly outcome: Outcome }
  /** It did not come to be, nor did what was sent after it. In the order in which they were sent. */
  | { readonly failed: readonly Assumed[] };

export interface FlightsOptions {
  readonly engine: Engine;
  readonly recalls: Recalls;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly probe: Probe;
}

/** Batches that are sent without waiting for one another (`assume`), and what has to be looked up for that, once of each stream. */
export class Flights {
  readonly #options: FlightsOptions;
  readonly #flying: Assumed[] = [];
  readonly #landed = new WeakSet<Assumed>();
  /** Streams of which something is being looked up. */
  readonly #asked = new Set<string>();
  /** Changes that cannot do without the locks. */
  readonly #reading = new WeakSet<Change>();
  #wake = nothing;

  constructor(options: FlightsOptions) {
    this.#options = options;
  }

  /** Whether something is on its way. */
  get busy(): boolean {
    return this.#flying.length > 0 || this.#asked.size > 0;
  }

  /** Whether all these changes can do without locks, now or once something was looked up. */
  suit(changes: readonly Change[]): boolean {
    const kind = changes[0]?.kind;
    if (!this.#options.engine.ahead || !kind?.ahead) return false;
    return changes.every((change) => change.kind === kind && kind.ahead?.fits(change.input) && !this.#reading.has(change));
  }

  /** Of changes that suit, sends the first of those of whose streams everything is held on to, and looks up the others'. Gives those that were sent. */
  launch(changes: readonly Change[]): ReadonlySet<Change> {
    const kind = changes[0]?.kind;
    const { ahead } = this.#options.engine;
    if (!ahead || !kind || this.#flying.length === most) return new Set();
    const recall = this.#options.recalls.for(kind);
    const ready: Change[] = [];
    const others: Change[] = [];
    for (const change of changes) (kind.streams(change.input).every((stream) => recall.has(stream)) ? ready : others).push(change);
    if (others.length > 0) void this.#look(kind, others);
    ready.splice(Math.max(atOnce, Math.ceil(changes.length / 2)));
    const flight = ready.length === 0 ? null : assume(kind, ready, { ...this.#options, ahead, recall });
    if (!flight) {
      for (const change of ready) this.#reading.add(change);
      return new Set();
    }
    this.#flying.push(flight);
    const landed = () => {
      this.#landed.add(flight);
      this.#wake();
    };
    flight.said.then(landed, landed);
    return new Set(ready);
  }

  /** Somebody has come who may be sent along. */
  arrived(): void {
    if (this.#flying.length < most) this.#wake();
  }

  /** Waits for the first of them to land; null where something else has happened first: what was asked is known, or somebody has come. */
  async next(): Promise<Landed | null> {
    const [flight] = this.#flying;
    if (!flight || !this.#landed.has(flight)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = nothing;
      if (!flight || !this.#landed.has(flight)) return null;
    }
    try {
      const outcome = flight.outcome(await flight.said);
      this.#flying.shift();
      this.#options.probe('lane.afterCommit');
      for (const event of outcome.events) this.#options.recalls.heard(event);
      return { flight, outcome };
    } catch {
      const failed = this.#flying.splice(0);
      await Promise.allSettled(failed.map(({ said }) => said));
      for (const one of failed) one.forget();
      return { failed }; // they are tried again with locks, where whatever stands in their way is told
    }
  }

  /** Reads what there is to hold on to. A change of whose stream there is nothing, or that could not be asked about, needs the locks. */
  async #look(kind: AnyKind, changes: readonly Change[]): Promise<void> {
    const { engine, recalls } = this.#options;
    const news = changes.filter(({ input }) => kind.streams(input).some((stream) => !this.#asked.has(stream)));
    if (news.length === 0) return;
    const inputs = news.map(({ input }) => input);
    const streams = [...new Set(inputs.flatMap((input) => [...kind.streams(input)]))];
    for (const stream of streams) this.#asked.add(stream);
    const recall = recalls.for(kind);
    try {
      const lookups = kind.lookups(inputs, unknown); // in here: whoever waits for these streams waits until the end of this
      const read = await engine.ahead?.look(streams.map(bytesOf), Object.values(lookups));
      if (read && kind.holds) recall.keep(kind.holds(kind.facts(namedRows(lookups, read.found), inputs, unknown)), read.heads);
    } catch {
      // as where there is nothing to hold on to: whoever begins with locks is told what is wrong
    }
    for (const change of news) if (!kind.streams(change.input).every((stream) => recall.has(stream))) this.#reading.add(change);
    for (const stream of streams) this.#asked.delete(stream);
    this.#wake();
  }
}
