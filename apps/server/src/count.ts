/** How many there are of each key, up to a bound. */
export interface Count {
  /** One more. Gives what to call when it is gone, twice is no mistake; null when there are as many as there may be. */
  take(key: string): (() => void) | null;
}

export function createCount(most: number): Count {
  const taken = new Map<string, number>();
  return {
    take(key) {
      const now = taken.get(key) ?? 0;
      if (now >= most) return null;
      taken.set(key, now + 1);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        const left = (taken.get(key) ?? 1) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}
