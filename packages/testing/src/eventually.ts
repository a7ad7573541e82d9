import { setTimeout as wait } from 'node:timers/promises';

interface Patience {
  /** Milliseconds in all. */
  within?: number;
  /** Milliseconds between looks. */
  every?: number;
}

/**
 * Looks again and again until `look` gives something that is neither false, null nor undefined, and gives that.
 * Fails with `what` after `within` milliseconds. Only for what no event announces: another process, a database, a socket's far end.
 */
export async function eventually<Found>(
  what: string,
  look: () => Found | Promise<Found>,
  { within = 60_000, every = 20 }: Patience = {},
): Promise<NonNullable<Exclude<Found, false>>> {
  const end = performance.now() + within;
  for (;;) {
    const found = await look();
    if (found !== false && found !== null && found !== undefined) return found as NonNullable<Exclude<Found, false>>;
    if (performance.now() > end) throw new Error(`Not within ${within} ms: ${what}`);
    await wait(every);
  }
}
