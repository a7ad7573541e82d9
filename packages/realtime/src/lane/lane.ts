import { Refusal } from '@koreromai/contract';
import { type Engine, type EngineFault, faultOf, type Lookup } from '@koreromai/db';
import type { LogEvent } from '../log/event.ts';
import { type Meter, noMeter } from '../meter.ts';
import { noProbe, type Probe } from '../probe.ts';
import { type Change, runBatch } from './batch.ts';
import type { ChangeKind } from './change.ts';

/** The knee of the measured curve: larger batches gain nothing and wait longer. */
const maxChanges = 200;
const maxBytes = 1_000_000;
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
  change<I, L extends Record<string, Lookup>, F, O>(kind: ChangeKind<I, L, F, O>, input: I): Promise<O>;
  /** How many changes wait. */
  readonly waiting: number;
  /** How many changes that somebody waited for were answered so far. */
  readonly served: number;
  /** Refuses new changes, finishes those that wait, closes the connection. */
  close(): Promise<void>;
}

/** The one way to write. Changes queue; whatever waits when the commit in flight ends is the next batch. */
export function createLane(options: LaneOptions): Lane {
  const { engine, publish, now } = options;
  const probe = options.probe ?? noProbe;
  const meter = options.meter ?? noMeter;
  const pause = options.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const queue: Change[] = [];
  let running: Promise<void> | null = null;
  let closing = false;
  let served = 0;

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  async function drain(): Promise<void> {
    // A turn of the event loop before each batch: SQLite commits synchronously, so nothing would queue "meanwhile".
    await turn();
    while (queue.length > 0) {
      await run(take());
      await turn();
    }
    running = null; // in the same breath as the look at the queue: a change that comes after starts a new run
  }

  function take(): Change[] {
    let bytes = 0;
    let n = 0;
    for (const { kind, size } of queue) {
      bytes += size;
      if (n > 0 && (kind.alone || bytes > maxBytes || n === maxChanges)) break;
      n++;
      if (kind.alone) break;
    }
    return queue.splice(0, n);
  }

  async function commit(batch: Change[]) {
    const from = performance.now();
    const outcome = await runBatch(engine, batch, now(), probe);
    const pos = outcome.events.at(-1)?.pos ?? null;
    meter.committed({ changes: batch.length, events: outcome.events.length, pos, seconds: (performance.now() - from) / 1_000 });
    return outcome;
  }

  async function run(batch: Change[]): Promise<void> {
    try {
      settle(await commit(batch));
    } catch (error) {
      await rollback();
      if (faultOf(error) === 'lost' || batch.length === 1) await again(batch, error);
      else for (const change of batch) await run([change]); // one of them was at fault: each for itself
    }
  }

  /**
   * A rerun finds what a lost connection may have committed, because every change is idempotent by its own ids. Whoever waits together is
   * tried again together while the database is away: one after the other they would wait for each other's time-outs.
   */
  async function again(batch: Change[], first: unknown): Promise<void> {
    let error = first;
    for (let tries = 1; tries < maxTries && hopeful.has(faultOf(error)); tries++) {
      if (faultOf(error) !== 'duplicate') await pause(2 ** tries * 25 * (0.5 + Math.random()));
      try {
        return settle(await commit(batch));
      } catch (next) {
        await rollback();
        error = next;
      }
      if (batch.length > 1 && faultOf(error) !== 'lost') {
        for (const change of batch) await run([change]);
        return;
      }
    }
    options.onFault?.(error);
    const refusal = refusalFor(error);
    for (const change of batch) change.reject(refusal);
  }

  async function rollback(): Promise<void> {
    try {
      await engine.rollback();
    } catch (error) {
      options.onFault?.(error); // the connection is gone, and the transaction with it
    }
  }

  function settle({ answers, events }: Awaited<ReturnType<typeof runBatch>>): void {
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
      });
    },
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
