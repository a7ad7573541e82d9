import { emptyState, type State } from './state.ts';

/** Holds the one state. Screens read it; only the client writes it. */
export interface Store {
  get(): State;
  /** Calls `listener` after every change, with the new state. Returns what ends that. */
  subscribe(listener: (state: State) => void): () => void;
}

export interface WritableStore extends Store {
  /** Replaces the state by `change(state)`; the same object back means that nothing changed and nobody is told. */
  update(change: (state: State) => State): void;
}

export function createStore(): WritableStore {
  let state = emptyState;
  const listeners = new Set<(state: State) => void>();
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update(change) {
      const next = change(state);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) {
        if (state !== next) return; // a listener changed it again and everybody has been told already
        listener(next);
      }
    },
  };
}

/** The same store until `end`, then deaf: an answer that arrives after signing out must not reach the next person's state. */
export function scoped(store: WritableStore): { store: WritableStore; end(): void } {
  let open = true;
  const ends = new Set<() => void>();
  return {
    store: {
      get: store.get,
      update: (change) => open && store.update(change),
      subscribe(listener) {
        const end = store.subscribe(listener);
        ends.add(end);
        return end;
      },
    },
    end() {
      open = false;
      for (const end of ends) end();
    },
  };
}
