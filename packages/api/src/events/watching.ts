/** The rooms that a connection also listens to, changed by `events.watch` while its subscription runs. */
export interface Watching {
  readonly rooms: ReadonlySet<string>;
  set(rooms: readonly string[]): void;
  onChange(changed: () => void): () => void;
}

export function createWatching(): Watching {
  let rooms: ReadonlySet<string> = new Set();
  const listeners = new Set<() => void>();
  return {
    get rooms() {
      return rooms;
    },
    set(next) {
      rooms = new Set(next);
      for (const changed of listeners) changed();
    },
    onChange(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
}
