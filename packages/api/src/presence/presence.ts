import { limits } from '@koreromai/contract';
import { companyOf, type Reader } from '@koreromai/db';
import type { Bus } from '@koreromai/realtime';

export interface PresenceOptions {
  readonly read: Reader;
  readonly bus: Bus;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds that somebody without a connection still counts as here: long enough to reload a page. */
  readonly grace: number;
}

/** Who is here: whoever has a socket or a stream of events open in this process, and a little longer. Holds no more than these. */
export interface Presence {
  /** A connection of this person opened. Gives what to call when it closes; twice is no mistake. */
  opened(userId: string): () => void;
  isOnline(userId: string): boolean;
  close(): void;
}

export function createPresence({ read, bus, onFault, grace }: PresenceOptions): Presence {
  const here = new Map<string, { connections: number; leaving: NodeJS.Timeout | null }>();

  /** D9, B1: told to those who share a chat with them, never across a block. */
  async function tell(userId: string, online: boolean): Promise<void> {
    try {
      const company = await companyOf(read, userId, limits.presence.told);
      if (company.length === 0 || here.has(userId) !== online) return; // it is otherwise by now, and told by whoever changed it
      bus.whisper({ frame: { type: 'presence', userId, online }, streams: company, except: [] });
    } catch (error) {
      onFault(error);
    }
  }

  function closed(userId: string): void {
    const held = here.get(userId);
    if (!held || --held.connections > 0) return;
    held.leaving = setTimeout(() => {
      here.delete(userId);
      void tell(userId, false);
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
        here.set(userId, { connections: 1, leaving: null });
        void tell(userId, true);
      }
      let open = true;
      return () => {
        if (open) closed(userId);
        open = false;
      };
    },
    isOnline: (userId) => here.has(userId),
    close() {
      for (const { leaving } of here.values()) if (leaving) clearTimeout(leaving);
      here.clear();
    },
  };
}
