import type { Dice } from './dice.ts';

/**
 * Decides who goes on next, by dice instead of by clock: whatever would wait for the network or a disk awaits `turn()`,
 * and one of those that wait is let go at a time. The same seed gives the same interleaving.
 */
export class Turns {
  readonly #dice: Dice;
  readonly #waiting: (() => void)[] = [];
  #given = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** Resolves when the dice say so. */
  turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Waits for `n` turns. */
  async turns(n: number): Promise<void> {
    for (let i = 0; i < n; i++) await this.turn();
  }

  /** Gives turns until nobody waits for one, and says how many it gave since the beginning. Fails after `atMost`. */
  async run(atMost = 100_000): Promise<number> {
    for (;;) {
      await settled();
      if (this.#waiting.length === 0) return this.#given;
      if (++this.#given > atMost) throw new Error(`Still busy after ${atMost} turns with seed ${this.#dice.seed}.`);
      const at = this.#dice.below(this.#waiting.length);
      this.#waiting.splice(at, 1)[0]?.();
    }
  }
}

/** Everything that follows from the last turn has happened: some of it takes a round of the event loop, and what follows from that another. */
async function settled(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setImmediate(resolve));
}
