import type { LogEvent } from '../log/event.ts';

/**
 * A doorbell between processes, not a carrier of truth: it says how far the log has come.
 * `events` are attached only within a process; whoever rings without them makes the listener read the log.
 * A bell may be lost, doubled or late, and nothing is lost with it.
 */
export interface Bell {
  readonly pos: number;
  readonly events?: readonly LogEvent[];
}

export interface Bus {
  ring(bell: Bell): void;
  /** Gives the function that ends the listening. A listener that throws does not keep the bell from the others. */
  listen(listener: (bell: Bell) => void): () => void;
  close(): Promise<void>;
}

/** The bus of a single process. */
export function createLocalBus(onFault: (error: unknown) => void = () => {}): Bus {
  const listeners = new Set<(bell: Bell) => void>();
  return {
    ring(bell) {
      for (const listener of [...listeners]) {
        try {
          listener(bell);
        } catch (error) {
          onFault(error);
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      listeners.clear();
    },
  };
}
