import type { Change } from './batch.ts';

/** The knee of the measured curve: larger batches gain nothing and wait longer. */
const maxChanges = 200;
const maxBytes = 1_000_000;

/** Changes that wait for their batch, in the order in which they came. */
export class Queue {
  readonly #changes: Change[] = [];

  get length(): number {
    return this.#changes.length;
  }

  push(change: Change): void {
    this.#changes.push(change);
  }

  /** What would be a batch now. */
  first(): readonly Change[] {
    let bytes = 0;
    let n = 0;
    for (const { kind, size } of this.#changes) {
      bytes += size;
      if (n > 0 && (kind.alone || bytes > maxBytes || n === maxChanges)) break;
      n++;
      if (kind.alone) break;
    }
    return this.#changes.slice(0, n);
  }

  take(): readonly Change[] {
    return this.#changes.splice(0, this.first().length);
  }

  /** Those that were sent wait no longer. Gives whether there were any. */
  drop(sent: ReadonlySet<Change>): boolean {
    if (sent.size === 0) return false;
    const left = this.#changes.filter((change) => !sent.has(change));
    this.#changes.length = 0;
    for (const change of left) this.#changes.push(change);
    return true;
  }
}
