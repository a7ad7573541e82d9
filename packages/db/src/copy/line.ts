import { createHash } from 'node:crypto';
import type { Value } from '../engine/engine.ts';

/** A row as one line of JSON, the same whichever database it comes from: bytes are `{"b": base64}`. */
export const lineOf = (row: readonly Value[]): string =>
  JSON.stringify(row.map((value) => (Buffer.isBuffer(value) ? { b: value.toString('base64') } : value)));

/** The row of a line. Throws where it is none. */
export function rowOf(line: string): Value[] {
  const row: unknown = JSON.parse(line);
  if (!Array.isArray(row)) throw new Error('This line holds no row.');
  return row.map((value: unknown): Value => {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value;
    if (typeof value === 'object' && 'b' in value && typeof value.b === 'string') return Buffer.from(value.b, 'base64');
    throw new Error('This line holds no row.');
  });
}

/** How many rows, and a sum over what stands in them: the same in whatever order they come. */
export class Tally {
  rows: number;
  #sum: bigint;

  constructor(from: Pick<Counted, 'rows' | 'sum'> = { rows: 0, sum: '0' }) {
    this.rows = from.rows;
    this.#sum = BigInt(`0x${from.sum}`);
  }

  add(line: string): void {
    this.rows++;
    this.#sum = BigInt.asUintN(64, this.#sum + weightOf(line));
  }

  remove(line: string): void {
    this.rows--;
    this.#sum = BigInt.asUintN(64, this.#sum - weightOf(line));
  }

  /** Sixteen letters. */
  get sum(): string {
    return this.#sum.toString(16).padStart(16, '0');
  }
}

const weightOf = (line: string) => createHash('sha256').update(line).digest().readBigUInt64BE();

/** What a table held: told to people, and compared. */
export interface Counted {
  readonly table: string;
  readonly rows: number;
  readonly sum: string;
}
