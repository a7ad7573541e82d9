import { limits } from '@koreromai/contract';
import { companyOf, type Reader } from '@koreromai/db';
import type { Bus } from '@koreromai/realtime';
import { createElsewhere } from './elsewhere.ts';

export interface PresenceOptions {
  readonly read: Reader;
  readonly bus: Bus;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds that somebody without a connection still counts as here: long enough to reload a page. */
  readonly grace: number;
  /** Milliseconds between the rolls that a process calls. */
  readonly rollEvery?: number;
}

/**
 * Who is here: whoever has a socket or a stream of events open in this process, and a little longer; and whoever the other processes say
 * is there, as far as the bus reaches.
 */
export interface Presence {
  /** A connection of this person opened. Gives what to call when it closes; twice is no mistake. */
  opened(userId: string): () => void;
  isOnline(userId: string): boolean;
  /** Asks the other processes who is there: what they told meanwhile was missed. */
  ask(): void;
  close(): void;
}

/** Every process tells its own subscribers of what it has learnt, so nothing is told twice and each heals by itself. */
export function createPresence({ read, bus, onFault, grace, rollEvery = limits.presence.rollEvery }: PresenceOptions): Presence {
  const here = new Map<string, { connections: number; leaving: NodeJS.Timeout | null }>();
  const elsewhere = createElsewhere({ bus, here: () => here.keys(), every: rollEvery, changed: (userId) => void later(userId) });
  const isOnline = (userId: string) => here.has(userId) || elsewhere.has(userId);
  let telling = Promise.resolve();
  let over = false;

  /** D9, B1: told to those who share a chat with them, never across a block. */
  async function tell(userId: string, online: boolean): Promise<void> {
    try {
      const company = await companyOf(read, userId);
      if (company.length === 0 || isOnline(userId) !== online) return; // it is otherwise by now, and told by whoever changed it
      bus.whisper({ frame: { type: 'presence', userId, online }, streams: company, except: [] }, 'here');
    } catch (error) {
      onFault(error);
    }
  }

  /** What other processes say may be of thousands at once: one after the other, so that nobody waits behind it. */
  function later(userId: string): Promise<void> {
    telling = telling.then(() => (over || here.has(userId) ? undefined : tell(userId, elsewhere.has(userId))));
    return telling;
  }

  function closed(userId: string): void {
    const held = here.get(userId);
    if (!held || --held.connections > 0) return;
    held.leaving = setTimeout(() => {
      here.delete(userId);
      elsewhere.tell(userId, false);
      if (!elsewhere.has(userId)) void tell(userId, false);
    }, grace);
    held.leaving.unref();
  }

  return {
    opened(userId) {
      const held = here.get(userId);
      if (held) {
        held.connections++;
        if (held.leaving) clearTimeout(held.leaving);
        held.leaving = null;
      } else {
        const known = elsewhere.has(userId);
        here.set(userId, { connections: 1, leaving: null });
        elsewhere.tell(userId, true);
        if (!known) void tell(userId, true);
      }
      let open = true;
      return () => {
        if (open) closed(userId);
        open = false;
      };
    },
    isOnline,
    ask: elsewhere.ask,
    close() {
      over = true;
      for (const { leaving } of here.values()) if (leaving) clearTimeout(leaving);
      elsewhere.close();
      here.clear();
    },
  };
}
