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
  put(typed: Hasty): void {
    try {
      localStorage.setItem(PLACE, JSON.stringify(typed));
    } catch {
      // forbidden or full: the database is on its way
    }
  },
  /** Unless something newer was typed. */
  drop(typed: Hasty): void {
    const held = hasty.load();
    if (held?.conversationId === typed.conversationId && held.text === typed.text) hasty.clear();
  },
  load(): Hasty | null {
    try {
      return JSON.parse(localStorage.getItem(PLACE) ?? 'null');
    } catch {
      return null; // forbidden, or not ours
    }
  },
  clear(): void {
    try {
      localStorage.removeItem(PLACE);
    } catch {
      // forbidden: then nothing is there
    }
  },
};
