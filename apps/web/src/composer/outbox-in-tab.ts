import type { OutboxStorage } from '@koreromai/client';

const PLACE = 'koreromai.outbox';

/**
 * Unsent messages survive a reload of their tab. Kept per tab, so that two tabs never send the same ones; even a
 * duplicated tab does no harm, because a message's id is its idempotency key.
 */
export function outboxInTab(): OutboxStorage {
  return {
    load: async (): Promise<unknown> => {
      try {
        return JSON.parse(sessionStorage.getItem(PLACE) ?? 'null');
      } catch {
        return null;
      }
    },
    save: async (kept) => {
      try {
        if (kept === null) sessionStorage.removeItem(PLACE);
        else sessionStorage.setItem(PLACE, JSON.stringify(kept));
      } catch {
        // no storage: the outbox lives in memory
      }
    },
  };
}
