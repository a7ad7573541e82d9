/** The event streams open over HTTP. */
export interface Streams {
  /** How many one person holds: shared by all their streams, as a socket's are by its subscriptions. */
  slotsOf(userId: string): { taken: number };
  /** `end` is called when the server stops. Gives what to call when the stream is over. */
  add(end: () => void): () => void;
  readonly count: number;
  /** Milliseconds between comments on a stream where nothing happens. */
  readonly beatEvery: number;
  close(): void;
}

export function createStreams(beatEvery: number): Streams {
  const slots = new Map<string, { taken: number }>();
  const open = new Set<() => void>();
  return {
    slotsOf(userId) {
      for (const [id, { taken }] of slots) if (taken === 0) slots.delete(id);
      const own = slots.get(userId) ?? { taken: 0 };
      slots.set(userId, own);
      return own;
    },
    add(end) {
      open.add(end);
      return () => void open.delete(end);
    },
    get count() {
      return open.size;
    },
    beatEvery,
    close() {
      for (const end of open) end();
    },
  };
}
