/** How long messages took from their acknowledgement to each device, in milliseconds. */
export interface Delays {
  acked(messageId: string): void;
  seen(messageId: string): void;
  /** From now on they are counted under this name. */
  during(name: string): void;
  /** The 99th of a hundred under that name; 0 where there were none. */
  p99(name: string): number;
}

export function createDelays(): Delays {
  const sent = new Map<string, { at: number; name: string }>();
  const all = new Map<string, number[]>();
  let name = '';
  return {
    acked: (messageId) => void sent.set(messageId, { at: performance.now(), name }),
    seen(messageId) {
      const one = sent.get(messageId);
      if (!one) return; // it came before the acknowledgement
      const delays = all.get(one.name) ?? [];
      delays.push(performance.now() - one.at);
      all.set(one.name, delays);
    },
    during(next) {
      name = next;
    },
    p99(of) {
      const delays = (all.get(of) ?? []).toSorted((a, b) => a - b);
      return Math.round(delays[Math.floor(delays.length * 0.99)] ?? 0);
    },
  };
}
