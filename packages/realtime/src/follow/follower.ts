import { newId, type Reader } from '@koreromai/db';
import type { Live } from '../feed/live.ts';
import type { Lane } from '../lane/lane.ts';
import type { LogEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';
import { noProbe, type Probe } from '../probe.ts';
import { type Effect, leaseReleased, leaseTaken, positionMoved } from './lease.ts';
import { createRestraint, type Restraint } from './restraint.ts';
import { createTrouble } from './trouble.ts';

export interface FollowerOptions {
  /** At most 40 letters; names the row in `follower`. */
  readonly name: string;
  /** Where it begins in a database that has never seen it: with all that ever happened, or with what happens from now on. */
  readonly start: 'origin' | 'head';
  /**
   * Takes events of all streams in pos order, rows of the log without a view. What it gives back is written in the transaction that moves
   * the position, so it happens once. Anything else it does must bear being done again.
   */
  readonly handle: (events: readonly LogEvent[]) => Promise<Effect | undefined>;
  readonly read: Reader;
  readonly log: Pick<Log, 'head' | 'everything'>;
  readonly live: Pick<Live, 'follow'>;
  readonly lane: Pick<Lane, 'change' | 'served'>;
  /** Milliseconds since 1970, for the lease. Clocks that disagree cost a repeat, never a loss. */
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
  readonly probe?: Probe;
  /** Events handed over at once, at most. */
  readonly batch?: number;
  /** Milliseconds of a lease: how long a killed process keeps the others waiting. */
  readonly leaseFor?: number;
  /** Milliseconds between looks at the log when nobody rings. */
  readonly pollEvery?: number;
  /** Milliseconds to let a burst become one batch. */
  readonly gather?: number;
  /** Tries of one event before it is set aside. */
  readonly patience?: number;
  /** Waits between tries, in milliseconds. */
  readonly pause?: (ms: number) => Promise<void>;
  /** Shared with the other followers of the process. Without it, this one restrains itself alone. */
  readonly restraint?: Restraint;
}

export interface Follower {
  readonly name: string;
  /** Resolves when everything that was in the log at the call has been handled, here or in another process. Rejects when it is closed before. */
  caughtUp(): Promise<void>;
  /** Finishes the batch in hand and lets go of the lease. Close it before the lane. */
  close(): Promise<void>;
}

/**
 * A reader of the whole log: in order, from a position of its own that survives everything, one process at a time.
 * The position moves only after `handle` has succeeded; one that was overtaken writes nothing.
 */
export function createFollower(options: FollowerOptions): Follower {
  const { name, log, lane, now, probe = noProbe } = options;
  const { batch = 500, leaseFor = 10_000, pollEvery = 2_000, gather = 100 } = options;
  const holder = newId();
  const trouble = createTrouble(options);
  const restraint = options.restraint ?? createRestraint({ lane });
  const pause = options.pause ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()));
  let pos: number | null = null; // as last seen in the row
  let mine = 0; // until when the lease is ours
  let theirs = 0; // until when it is somebody else's
  let running: Promise<void> | null = null;
  let inHand: readonly LogEvent[] = [];
  let wanted = false;
  let soon: NodeJS.Timeout | null = null;
  let closed = false;
  let waitedFor = 0;
  let hurry = (): void => {}; // ends the rest

  const unfollow = options.live.follow(() => {
    if (now() >= theirs) soon ??= setTimeout(run, gather);
  });
  const polling = setInterval(run, pollEvery);
  polling.unref();
  void run();

  function run(): Promise<void> {
    if (soon) clearTimeout(soon);
    soon = null;
    wanted = true;
    running ??= keepOn();
    return running;
  }

  async function keepOn(): Promise<void> {
    while (wanted && !closed) {
      wanted = false;
      try {
        for (let began = performance.now(); !closed && (await step()); began = performance.now()) {
          trouble.over();
          await rest(performance.now() - began);
        }
      } catch (error) {
        wanted = true;
        await trouble.with(error, inHand);
      }
    }
    running = null; // in the same breath as the look at `wanted`
  }

  async function rest(took: number): Promise<void> {
    const ms = restraint.rest(took);
    if (ms === 0 || waitedFor > 0 || closed) return;
    // No race with a promise that stays: each would leave something on it.
    await new Promise<void>((resolve) => {
      hurry = resolve;
      void pause(ms).then(resolve);
    });
  }

  /** Whether it got on, so that there may be more. */
  async function step(): Promise<boolean> {
    inHand = [];
    if (now() >= mine && !(await take())) return false;
    const from = pos ?? 0;
    const events = await log.everything(from, trouble.narrow(from) ? 1 : restraint.most(batch));
    const last = events.at(-1);
    if (!last) return false;
    inHand = events;
    const effect = trouble.hopeless(last) ?? (await held(from, () => options.handle(events)));
    probe('follow.handled');
    if (!(await lane.change(positionMoved, { name, holder, from, to: last.pos, leaseFor, effect }))) mine = 0;
    else {
      pos = last.pos;
      mine = now() + leaseFor;
    }
    return true;
  }

  /** Whether the lease is ours. Nothing is written while there is nothing to do or while it is another's. */
  async function take(): Promise<boolean> {
    const row = await options.read.selectFrom('follower').select(['pos']).where('name', '=', name).executeTakeFirst();
    const head = await log.head();
    if (row && Number(row.pos) >= head) {
      pos = Number(row.pos);
      return false;
    }
    const taken = await lane.change(leaseTaken, { name, holder, start: options.start === 'head' ? head : 0, leaseFor });
    pos = taken.pos;
    [mine, theirs] = taken.held ? [taken.until, 0] : [0, taken.until];
    return taken.held;
  }

  /** Keeps the lease while the work lasts. */
  async function held<Answer>(from: number, work: () => Promise<Answer>): Promise<Answer> {
    const renewing = setInterval(() => {
      lane.change(positionMoved, { name, holder, from, to: from, leaseFor }).catch(options.onFault);
    }, leaseFor / 3);
    try {
      return await work();
    } finally {
      clearInterval(renewing);
    }
  }

  return {
    name,
    async caughtUp() {
      const target = await log.head();
      waitedFor++;
      hurry();
      try {
        while (pos === null || pos < target) {
          if (closed) throw new Error(`The follower ${name} was closed before it had caught up.`);
          await run();
          if (pos === null || pos < target) await new Promise((look) => setTimeout(look, 20)); // another process has the lease
        }
      } finally {
        waitedFor--;
      }
    },
    async close() {
      closed = true;
      clearInterval(polling);
      if (soon) clearTimeout(soon);
      unfollow();
      trouble.close();
      hurry();
      await running;
      if (mine > 0) await lane.change(leaseReleased, { name, holder }).catch(options.onFault);
    },
  };
}
