import { Refusal } from '@koreromai/contract';
import { type Engine, type EngineFault, faultOf, type Lookup } from '@koreromai/db';
import type { LogEvent } from '../log/event.ts';
import { type Meter, noMeter } from '../meter.ts';
import { noProbe, type Probe } from '../probe.ts';
import { type Change, finishBatch, type Outcome, type Started, startBatch } from './batch.ts';
import type { ChangeKind } from './change.ts';
import { Flights, type Landed } from './flights.ts';
import { Queue } from './queue.ts';
import { Outdated, Recalls } from './recall.ts';

/** Beyond this many waiting changes the caller is told to come back. */
const maxQueue = 20_000;
const maxTries = 5;

/** What may be gone at the next try. */
const hopeful = new Set<EngineFault>(['duplicate', 'retry', 'lost']);

function refusalFor(error: unknown): Refusal {
  const fault = faultOf(error);
  if (fault === 'full') return new Refusal('STORAGE_FULL');
  return new Refusal(fault === 'other' ? 'INTERNAL' : 'BUSY', { retryAfter: 1 });
}

export interface LaneOptions {
  readonly engine: Engine;
  /** Called in pos order, after COMMIT said yes and before the callers hear of it. */
  readonly publish: (events: readonly LogEvent[]) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly probe?: Probe;
  readonly meter?: Meter;
  /** Something the database said that no rule expects. The change was refused with BUSY or INTERNAL. */
  readonly onFault?: (error: unknown) => void;
  /** Waits between tries, in milliseconds. */
  readonly pause?: (ms: number) => Promise<void>;
}

export interface Lane {
  /** Queues a change and answers after its COMMIT. Rejects with a Refusal, and then nothing was written; but for BUSY after a lost connection, when nobody can say: send the same again. */
  change<I, L extends Record<string, Lookup>, F, O, K>(kind: ChangeKind<I, L, F, O, K>, input: I): Promise<O>;
  /** An event that some process committed: told for speed alone, so that what was only said elsewhere is no reason to read again. */
  heard(event: LogEvent): void;
  /** How many changes wait. */
  readonly waiting: number;
  /** How many changes that somebody waited for were answered so far. */
  readonly served: number;
  /** Refuses new changes, finishes those that wait, closes the connection. */
  close(): Promise<void>;
}

const nothing = (): void => {};

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}

/** Changes that are one transaction, which has begun. */
interface Batch {
  readonly changes: readonly Change[];
  /** When, in milliseconds. */
  readonly from: number;
  readonly started: Started;
}

/** The one way to write. Changes queue; whatever waits when the commit in flight ends is the next batch. */
export function createLane(options: LaneOptions): Lane {
  const { engine, publish, now } = options;
  const probe = options.probe ?? noProbe;
  const meter = options.meter ?? noMeter;
  const pause = options.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const queue = new Queue();
  const recalls = new Recalls();
  const flights = new Flights({ engine, recalls, now, probe });
  let running: Promise<void> | null = null;
  let closing = false;
  let served = 0;

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  /**
   * Two batches overlap where the database works by itself: what came of one is told while it commits the next. A turn of the event loop
   * before each, since SQLite may answer at once, so nothing would queue "meanwhile".
   */
  async function drain(): Promise<void> {
    await turn();
    let before = nothing;
    // The look at the queue is in the same breath as the end: a change that comes after starts a new run.
    for (let batch = await start(); batch || queue.length > 0; batch ??= await start()) {
      if (!batch) continue;
      const outcome = await run(batch, before);
      before();
      before = once(() => outcome && settle(outcome));
      batch = engine.overlaps && !flights.suit(queue.first()) ? next() : null; // the database begins with it in this turn
      if (!batch) before();
      await turn();
      if (!batch?.started.isReady()) before(); // it may wait for another process' locks: nobody of this batch does
    }
    running = null;
  }

  /** The next batch that needs the locks, once nothing is on its way without them. */
  async function start(): Promise<Batch | null> {
    let landed: Landed | null = null;
    for (;;) {
      if (landed && 'failed' in landed) await each(landed.failed.map(({ changes }) => changes));
      for (let sent = true; sent; ) {
        const changes = queue.first();
        sent = flights.suit(changes) && queue.drop(flights.launch(changes));
      }
      if (landed && 'outcome' in landed) {
        measure(landed.flight, landed.outcome);
        settle(landed.outcome); // the database has the next ones by now
      }
      if (!flights.busy && !flights.suit(queue.first())) return next();
      landed = await flights.next();
      if (!landed) await turn(); // whoever comes in the same turn is sent along
    }
  }

  const begun = (changes: readonly Change[]): Batch => ({
    changes,
    from: performance.now(),
    started: startBatch(engine, recalls, changes),
  });
  const next = (): Batch | null => (queue.length > 0 ? begun(queue.take()) : null);

  async function commit({ changes, from, started }: Batch, sent = nothing): Promise<Outcome> {
    let outcome: Outcome;
    try {
      outcome = await finishBatch(engine, started, { now, probe, sent, recalls });
    } catch (error) {
      if (!(error instanceof Outdated)) throw error;
      await engine.rollback();
      return commit(begun(changes), sent); // what it rested on is read this time
    }
    measure({ changes, from }, outcome);
    return outcome;
  }

  function measure({ changes, from }: Pick<Batch, 'changes' | 'from'>, { events }: Outcome): void {
    const pos = events.at(-1)?.pos ?? null;
    meter.committed({ changes: changes.length, events: events.length, pos, seconds: (performance.now() - from) / 1_000 });
  }

  /** What came of it, for `settle`; null where it was settled bit by bit, because something went wrong. `meanwhile` is called while the database commits. */
  async function run(batch: Batch, meanwhile = nothing): Promise<Outcome | null> {
    try {
      return await commit(batch, meanwhile);
    } catch (error) {
      meanwhile(); // nobody waits for what is tried again
      await rollback();
      if (faultOf(error) === 'lost' || batch.changes.length === 1) await again(batch.changes, error);
      else await each(batch.changes.map((change) => [change])); // one of them was at fault: each for itself
      return null;
    }
  }

  async function each(batches: readonly (readonly Change[])[]): Promise<void> {
    for (const changes of batches) {
      const outcome = await run(begun(changes));
      if (outcome) settle(outcome);
    }
  }

  /**
   * A rerun finds what a lost connection may have committed, because every change is idempotent by its own ids. Whoever waits together is
   * tried again together while the database is away: one after the other they would wait for each other's time-outs.
   */
  async function again(changes: readonly Change[], first: unknown): Promise<void> {
    let error = first;
    for (let tries = 1; tries < maxTries && hopeful.has(faultOf(error)); tries++) {
      if (faultOf(error) !== 'duplicate') await pause(2 ** tries * 25 * (0.5 + Math.random()));
      try {
        return settle(await commit(begun(changes)));
      } catch (next) {
        await rollback();
        error = next;
      }
      if (changes.length > 1 && faultOf(error) !== 'lost') return each(changes.map((change) => [change]));
    }
    options.onFault?.(error);
    const refusal = refusalFor(error);
    for (const change of changes) change.reject(refusal);
  }

  async function rollback(): Promise<void> {
    try {
      await engine.rollback();
    } catch (error) {
      options.onFault?.(error); // the connection is gone, and the transaction with it
    }
  }

  function settle({ answers, events }: Outcome): void {
    try {
      if (events.length > 0) publish(events);
    } catch (error) {
      options.onFault?.(error); // it is committed, so it stays done: listeners who missed the bell read the log
    }
    probe('lane.afterPublish');
    for (const { change, output, error } of answers) {
      if (!change.kind.background) served++;
      error === undefined ? change.resolve(output) : change.reject(error);
    }
    probe('lane.afterAck');
  }

  return {
    change(kind, input) {
      if (closing) return Promise.reject(new Refusal('DRAINING', { retryAfter: 2 }));
      if (queue.length >= maxQueue) return Promise.reject(new Refusal('BUSY', { retryAfter: 1 }));
      return new Promise<never>((resolve, reject) => {
        queue.push({ kind, input, size: kind.size?.(input) ?? 200, resolve: resolve as Change['resolve'], reject });
        running ??= drain();
        flights.arrived();
      });
    },
    heard: (event) => recalls.heard(event),
    get waiting() {
      return queue.length;
    },
    get served() {
      return served;
    },
    async close() {
      closing = true;
      await running;
      await engine.close();
    },
  };
}
