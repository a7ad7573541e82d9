import { randomUUID } from 'node:crypto';
import { limits } from '@koreromai/contract';
import type { Bus } from '@koreromai/realtime';

interface Options {
  readonly bus: Bus;
  /** Who is in this process. */
  readonly here: () => Iterable<string>;
  /** Milliseconds between two rolls of everybody who is here. */
  readonly every: number;
  /** Somebody came to the other processes, or went from the last of them. */
  readonly changed: (userId: string) => void;
}

export interface Elsewhere {
  has(userId: string): boolean;
  /** Tells the others that somebody came to this process or left it. */
  tell(userId: string, here: boolean): void;
  ask(): void;
  close(): void;
}

/** People in all other processes that one process keeps in mind. */
const mostKnown = 200_000;

/**
 * Who is in the other processes, by what they say. Each of them repeats it; who has not been named for three turns is there no more, so a
 * killed process takes its people with it and a lost word is made up for.
 */
export function createElsewhere({ bus, here, every, changed }: Options): Elsewhere {
  const node = randomUUID();
  /** Person → process → until when they count as there, in milliseconds of the monotonic clock. */
  const known = new Map<string, Map<string, number>>();
  let answering: NodeJS.Timeout | null = null;

  const unanswer = bus.answer((roll) => {
    if (roll.node === node) return;
    const until = performance.now() + 3 * every;
    for (const userId of roll.here) {
      const there = known.get(userId);
      if (there) there.set(roll.node, until);
      else if (known.size < mostKnown) {
        known.set(userId, new Map([[roll.node, until]]));
        changed(userId);
      }
    }
    for (const userId of roll.gone) leave(userId, roll.node);
    // Not at once: a hundred processes that come back together would each be told a hundred times.
    if (roll.asks) answering ??= setTimeout(everybody, Math.random() * Math.min(200, every)).unref();
  });

  function leave(userId: string, from: string): void {
    const there = known.get(userId);
    if (!there?.delete(from) || there.size > 0) return;
    known.delete(userId);
    changed(userId);
  }

  function everybody(): void {
    if (answering) clearTimeout(answering);
    answering = null;
    const people = [...here()];
    for (let i = 0; i < people.length; i += limits.presence.told)
      bus.call({ node, here: people.slice(i, i + limits.presence.told), gone: [], asks: false });
  }

  const ask = () => bus.call({ node, here: [], gone: [], asks: true });

  const timer = setInterval(() => {
    const now = performance.now();
    for (const [userId, there] of known) for (const [from, until] of there) if (until < now) leave(userId, from);
    everybody();
  }, every);
  timer.unref();
  ask();

  return {
    has: (userId) => known.has(userId),
    tell: (userId, isHere) => bus.call({ node, here: isHere ? [userId] : [], gone: isHere ? [] : [userId], asks: false }),
    ask,
    /** Says no good-bye: a process that ends sends its people to the others, and they are not to seem gone meanwhile. */
    close() {
      clearInterval(timer);
      if (answering) clearTimeout(answering);
      unanswer();
    },
  };
}
