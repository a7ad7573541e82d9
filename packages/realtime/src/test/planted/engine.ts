import type { Engine } from '@koreromai/db';
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
}

export interface MemoryEngine extends Engine {
  /** What the database does when the connection of a killed process ends. */
  abandon(): void;
}

/** An engine as a database over a network is one: every step takes a while, and COMMIT may fail or lose its answer. */
export function memoryEngine({ memory, turns, dice, alive, posTaken }: MemoryEngineOptions): MemoryEngine {
  const transaction = {};
  const step = async () => {
    await turns.turn();
    if (!alive()) await new Promise<never>(() => {});
  };
  return {
    overlaps: true,
    async begin(locks, lookups) {
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
