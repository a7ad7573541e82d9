import type { Turn } from '@koreromai/client';

/**
 * A Web Lock as a turn: of all tabs one holds it, and when that closes or crashes the browser gives it to the next. Without Web Locks
 * (pages that are not served securely) there are no turns, and every tab acts for itself: what it sends twice counts once.
 */
export function turnOf(name: string, locks: LockManager | undefined = navigator.locks): Turn | undefined {
  if (locks === undefined) return undefined;
  let told: ((mine: boolean) => void) | null = null;
  let release = () => {};
  let round = 0;

  function stand(steal: boolean): void {
    round += 1;
    const mine = round;
    const leave = new AbortController();
    release = () => leave.abort();
    const held = () =>
      new Promise<void>((resolve) => {
        if (mine !== round) return resolve();
        release = resolve;
        told?.(true);
      });
    // A lock cannot be stolen and waited for at once.
    locks?.request(name, steal ? { steal } : { signal: leave.signal }, held).catch(() => {
      if (mine !== round || told === null) return; // we left the line ourselves
      told(false);
      stand(false);
    });
  }
  return {
    wait(listener) {
      told = listener;
      stand(false);
      return () => {
        told = null;
        round += 1;
        release();
      };
    },
    take() {
      if (told === null) return;
      const before = release;
      stand(true);
      before();
    },
  };
}
