export interface Pulse {
  /** Resolves when the process has heard of what it slept through; null when it did not sleep. */
  caughtUp(): Promise<void> | null;
  close(): void;
}

/**
 * Notices that the process stood still (stopped, swapped out, blocked): what it holds in memory about others, such as that a session lasts, may
 * be long out of date when it goes on, and requests that waited in the kernel are answered before any timer runs. So it is asked at each of them.
 */
export function createPulse(look: () => Promise<void>, { every = 500, allowed = 2_000 } = {}): Pulse {
  let at = performance.now();
  let looking: Promise<void> | null = null;
  function beat(): void {
    const now = performance.now();
    if (now - at > allowed) {
      const own = look().finally(() => {
        if (looking === own) looking = null; // who slept again meanwhile looks again
      });
      looking = own;
    }
    at = now;
  }
  const timer = setInterval(beat, every).unref();
  return {
    caughtUp() {
      beat();
      return looking;
    },
    close: () => clearInterval(timer),
  };
}
