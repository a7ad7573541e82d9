import type { OutboxEntry } from './state.ts';

/** Keeps unsent messages through a restart. Whatever `load` gives is checked before it is believed. */
export interface OutboxStorage {
  load(): Promise<unknown>;
  /** `null`: forget. */
  save(kept: KeptOutbox | null): Promise<void>;
}

/** Bound to its author, so that nobody who signs in later sends another person's words. */
export interface KeptOutbox {
  readonly userId: string;
  readonly entries: readonly OutboxEntry[];
}
