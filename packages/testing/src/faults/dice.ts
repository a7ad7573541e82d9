/** Chance that can be thrown again: the same seed gives the same run. */
export interface Dice {
  readonly seed: number;
  /** 0 ≤ x < 1. */
  next(): number;
  /** 0 ≤ n < sides. */
  below(sides: number): number;
  chance(probability: number): boolean;
  /** One of them. Throws when there is none. */
  pick<Item>(items: readonly Item[]): Item;
}

/** Mulberry32: small, and good enough to shuffle with. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (sides: number) => Math.floor(next() * sides);
  return {
    seed,
    next,
    below,
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
  };
}
