/** Lets so much be done at once and keeps the rest in the order in which it came. */
export interface Turns {
  /** Begins now or when it is its turn. Whoever gives the work sees to its errors. */
  take(work: () => Promise<void>): void;
  /** What has not begun. */
  readonly waiting: number;
}

export function createTurns(most: number): Turns {
  let inHand = 0;
  let coming: (() => Promise<void>)[] = [];
  let next: (() => Promise<void>)[] = []; // the elders, last first: taken from the end, which costs the same however many there are
  const done = () => {
    inHand--;
    if (next.length === 0) {
      next = coming.reverse();
      coming = [];
    }
    const work = next.pop();
    if (work) begin(work);
  };
  const begin = (work: () => Promise<void>) => {
    inHand++;
    work().then(done, done);
  };
  return {
    take(work) {
      if (inHand < most) begin(work);
      else coming.push(work);
    },
    get waiting() {
      return coming.length + next.length;
    },
  };
}
