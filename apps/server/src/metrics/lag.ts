import type { Committed } from '@koreromai/realtime';

export interface Lag {
  committed(batch: Committed): void;
  delivered(pos: number, hearers: number): void;
}

/**
 * Times what was committed here until the last socket of this process that reads along has been written to: `observe` gets seconds, once
 * for each transaction that anybody heard of. What those who lag are told later is not counted.
 */
export function createLag(observe: (seconds: number) => void): Lag {
  const pending: { readonly last: number; readonly at: number; heard: boolean }[] = [];
  let told: number[] = [];

  function written(): void {
    const now = performance.now();
    for (const at of told) observe((now - at) / 1_000);
    told = [];
  }

  return {
    committed({ pos }) {
      if (pos !== null) pending.push({ last: pos, at: performance.now(), heard: false });
    },
    delivered(pos, hearers) {
      while (pending[0] && pending[0].last < pos) pending.shift(); // could not be told: its hearers read the log
      const [batch] = pending;
      if (!batch) return;
      batch.heard ||= hearers > 0;
      if (pos < batch.last) return;
      pending.shift();
      // Sockets write what they were given when this turn ends, and have asked for that before.
      if (batch.heard && told.push(batch.at) === 1) setImmediate(written);
    },
  };
}
