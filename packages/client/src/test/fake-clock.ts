import type { Clock } from '../clock.ts';

/** Time that passes when the test says so; what falls due runs in order, and gets the turns of the event loop that it needs. */
export function createFakeClock(start = Date.UTC(2026, 10, 21)) {
  let now = start;
  let timers: { at: number; fn: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    after(ms, fn) {
      const timer = { at: now + ms, fn };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  return {
    clock,
    get waiting() {
      return timers.map(({ at }) => at - now).sort((a, b) => a - b);
    },
    async pass(ms: number): Promise<void> {
      const end = now + ms;
      await settled();
      for (let due = next(end); due; due = next(end)) {
        timers = timers.filter((other) => other !== due);
        now = due.at;
        due.fn();
        await settled();
      }
      now = end;
    },
  };
  function next(end: number) {
    return timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise that can go on do so. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
