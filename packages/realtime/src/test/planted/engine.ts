import { type Ahead, type Engine, idOf } from '@koreromai/db';
import type { Dice, Turns } from '@koreromai/testing';
import type { Memory } from './memory.ts';

export interface MemoryEngineOptions {
  readonly memory: Memory;
  readonly turns: Turns;
  readonly dice: Dice;
  /** False once the process is killed: what it waits for never comes. */
  readonly alive: () => boolean;
  /** 'first' is an auto-increment id: given out when the row is made, so that a later one may be committed before it. */
  readonly posTaken: 'last' | 'first';
  /** Whether it can be asked ahead; `heedless`: and does not look where heads stand. */
  readonly ahead: boolean | 'heedless';
}

export interface MemoryEngine extends Engine {
  readonly ahead?: Ahead;
  /** What the database does when the connection of a killed process ends. */
  abandon(): void;
}

/** An engine as a database over a network is one: every step takes a while, and COMMIT may fail or lose its answer. */
export function memoryEngine({ memory, turns, dice, alive, posTaken, ahead }: MemoryEngineOptions): MemoryEngine {
  const transaction = {};
  const step = async () => {
    await turns.turn();
    if (!alive()) await new Promise<never>(() => {});
  };
  let broken = false;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Done>(work: () => Promise<Done>): Promise<Done> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
  const withoutWaiting: Ahead = {
    look: (streams, lookups) =>
      inTurn(async () => {
        await step();
        const heads = memory.heads(streams);
        await step();
        return { heads, found: lookups.map((one) => memory.read(one)) };
      }),
    commit: (writes, events, moves) =>
      inTurn(async () => {
        await step();
        if (broken) throw fault('HEAD_MOVED');
        broken = true;
        for (const { id } of moves.toSorted((a, b) => Buffer.compare(a.id, b.id))) await memory.lock(id, transaction);
        if (!alive()) memory.release(transaction); // killed while it waited for the lock
        await step();
        const head = memory.taken + events.length;
        try {
          const heads = new Map(memory.heads(moves.map(({ id }) => id)).map(({ id, seq }) => [idOf(id), seq]));
          if (ahead !== 'heedless' && moves.some(({ id, from }) => (heads.get(idOf(id)) ?? 0) !== from)) throw fault('HEAD_MOVED');
          if (dice.chance(0.1)) throw fault('SQLITE_BUSY');
          memory.commit(
            writes,
            events,
            moves.map(({ id, to }) => ({ id, seq: to })),
            head,
          );
          memory.take(events.length);
        } finally {
          memory.release(transaction);
        }
        await step();
        if (dice.chance(0.05)) throw fault('THREAD_ENDED');
        broken = false;
        return head;
      }),
  };
  return {
    overlaps: true,
    ...(ahead && { ahead: withoutWaiting }),
    async begin(locks, lookups) {
      broken = false;
      await step();
      for (const id of locks) await memory.lock(id, transaction);
      if (!alive()) memory.release(transaction); // killed while it waited for the lock
      await step();
      return { heads: memory.heads(locks), found: lookups.map((one) => memory.read(one)) };
    },
    async commit(writes, events, heads) {
      const early = posTaken === 'first' ? memory.take(events.length) : null;
      for (let statements = early === null ? 1 : 4; statements > 0; statements--) await step();
      if (dice.chance(0.1)) throw fault('ER_LOCK_DEADLOCK');
      const head = early ?? memory.taken + events.length;
      memory.commit(writes, events, heads, head);
      if (early === null) memory.take(events.length);
      memory.release(transaction);
      await step();
      if (dice.chance(0.05)) throw fault('PROTOCOL_CONNECTION_LOST');
      return events.length === 0 ? null : head;
    },
    async rollback() {
      memory.release(transaction);
    },
    async close() {
      memory.release(transaction);
    },
    abandon: () => memory.release(transaction),
  };
}

const fault = (code: string) => Object.assign(new Error(`The database said ${code}.`), { code });
