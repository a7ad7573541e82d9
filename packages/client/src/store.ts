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
      for (const listener of [...listeners]) listener(state);
    },
  };
}
