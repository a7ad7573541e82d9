import { limits } from '@koreromai/contract';
import type { Clock } from './clock.ts';
import type { WritableStore } from './store.ts';

export interface HereOptions {
  store: WritableStore;
  clock: Clock;
  typing: (conversationId: string) => Promise<unknown>;
  presence: (userIds: string[]) => Promise<{ items: { userId: string; online: boolean }[] }>;
}

/** Showing that one writes, and asking who is here. */
export interface Here {
  type(conversationId: string): void;
  load(userIds: readonly string[]): Promise<void>;
  /** The line is back: who came and went meanwhile was not told. */
  wake(): void;
}

export function createHere({ store, clock, typing, presence }: HereOptions): Here {
  const told = new Map<string, number>();

  async function load(userIds: readonly string[]): Promise<void> {
    for (let i = 0; i < userIds.length; i += limits.presence.asked) {
      const { items } = await presence(userIds.slice(i, i + limits.presence.asked));
      const fresh = Object.fromEntries(items.map(({ userId, online }) => [userId, online]));
      store.update((state) => ({ ...state, presence: { ...state.presence, ...fresh } }));
    }
  }

  return {
    type(conversationId) {
      const now = clock.now();
      for (const [id, at] of told) if (at <= now - limits.typing.every) told.delete(id);
      if (told.has(conversationId)) return;
      told.set(conversationId, now);
      typing(conversationId).catch(() => told.delete(conversationId)); // the next key tries again
    },
    load,
    wake() {
      load(Object.keys(store.get().presence)).catch(() => {}); // away again: asked at the next turn
    },
  };
}
