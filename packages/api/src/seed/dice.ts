import { createHash } from 'node:crypto';
import { idOf } from '@koreromai/db';

/** Chance that falls the same way every time it begins with the same text. */
export interface Dice {
  /** From 0, included, to 1, not included. */
  roll(): number;
  pick<T>(from: readonly T[]): T;
  /** Weighed: the first of the list comes up most, the others less and less. */
  lean<T>(from: readonly T[]): T;
}

/** Mulberry32, started with a hash of the text. */
export function createDice(text: string): Dice {
  let state = createHash('sha256').update(text).digest().readUInt32LE(0);
  function roll(): number {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  const at = <T>(from: readonly T[], place: number): T => {
    const found = from[Math.min(from.length - 1, Math.floor(place * from.length))];
    if (found === undefined) throw new Error('There is nothing to pick from.');
    return found;
  };
  return { roll, pick: (from) => at(from, roll()), lean: (from) => at(from, roll() ** 2) };
}

/** A UUID version 7 born at `at` (milliseconds), the same for the same name. */
export function namedId(at: number, name: string): string {
  const bytes = createHash('sha256').update(`${at} ${name}`).digest().subarray(0, 16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return idOf(bytes);
}
