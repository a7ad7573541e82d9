import { limits } from '@koreromai/contract';

interface Options {
  readonly now: () => number;
  /** When it is over whatever happens, and how long it may lie unused. Infinity: never, and for ever. */
  readonly end: number;
  readonly idle: number;
  readonly lastSeenAt: number;
  /** Notes in the database that the session is in use. */
  readonly touch: () => void;
}

/** How long one session still holds: some time after its last call, and never beyond its absolute end. Also for a socket that never reconnects (B6). */
export function createLifetime({ now, end, idle, lastSeenAt, touch }: Options) {
  let seen = lastSeenAt;
  let noted = lastSeenAt;
  return {
    /** The absolute end has come. */
    ended: () => now() >= end,
    /** Nobody has called for too long, as far as this connection knows, or the absolute end has come. */
    over: () => now() >= Math.min(end, seen + idle),
    /** A call came: it is in use, which the database hears of at most hourly. */
    used(): void {
      seen = Math.max(seen, now());
      if (seen - noted <= limits.session.touchEvery) return;
      noted = seen;
      touch();
    },
    /** It was used elsewhere. */
    seenAt(at: number): void {
      seen = Math.max(seen, at);
    },
  };
}

export type Lifetime = ReturnType<typeof createLifetime>;
