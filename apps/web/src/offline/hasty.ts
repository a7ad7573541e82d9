import type { KeptEntry } from '@koreromai/client';

/** Words typed a moment ago. */
export interface Hasty {
  readonly userId: string;
  readonly conversationId: string;
  readonly text: string;
}

const PLACE = 'koreromai.typed';

/**
 * The newest draft, written before its keystroke ends: a page that is reloaded at that moment takes what is on its way to the
 * database with it. Dropped as soon as the database has it.
 */
export const hasty = {
  put: (typed: Hasty): void => write(PLACE, typed),
  /** Unless something newer was typed. */
  drop(typed: Hasty): void {
    const held = hasty.load();
    if (held?.conversationId === typed.conversationId && held.text === typed.text) hasty.clear();
  },
  load: (): Hasty | null => read<Hasty>(PLACE),
  clear: (): void => remove(PLACE),
};

const SENT = 'koreromai.sent.';

/**
 * The same for messages: they leave the draft before the database has them in the outbox. Each has a place of its own, so that tabs
 * do not overwrite one another's.
 */
export const hastySent = {
  put(kept: readonly KeptEntry[]): void {
    for (const one of kept) write(SENT + one.entry.id, one);
  },
  drop(ids: readonly string[]): void {
    for (const id of ids) remove(SENT + id);
  },
  /** Those of other tabs as well. */
  load: (): KeptEntry[] =>
    places().flatMap((place) => {
      const one = read<KeptEntry>(place);
      return typeof one?.entry?.id === 'string' ? one : [];
    }),
  clear(): void {
    for (const place of places()) remove(place);
  },
};

function places(): string[] {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(SENT));
  } catch {
    return []; // forbidden
  }
}

function write(place: string, value: unknown): void {
  try {
    localStorage.setItem(place, JSON.stringify(value));
  } catch {
    // forbidden or full: the database is on its way
  }
}

function read<Value>(place: string): Value | null {
  try {
    return JSON.parse(localStorage.getItem(place) ?? 'null');
  } catch {
    return null; // forbidden, or not ours
  }
}

function remove(place: string): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // forbidden: then nothing is there
  }
}
