import type { Page, User } from '@koreromai/contract';
import { readUpTo } from './passing.ts';
import { refusalOf } from './refusal.ts';
import type { WritableStore } from './store.ts';

export interface ReceiptsOptions {
  store: WritableStore;
  page: (conversationId: string, cursor: string | null) => Promise<Page<{ user: User; lastReadSeq: number }>>;
}

/** How far others have read (N2): asked for where a screen shows it, told from then on. */
export interface Receipts {
  load(conversationId: string): Promise<void>;
  /** The line is back: what was read meanwhile was not told. */
  wake(): void;
}

export function createReceipts({ store, page }: ReceiptsOptions): Receipts {
  const asked = new Set<string>();

  async function load(conversationId: string): Promise<void> {
    asked.add(conversationId);
    let cursor: string | null = null;
    do {
      const { items, nextCursor }: Awaited<ReturnType<typeof page>> = await page(conversationId, cursor);
      const marks = Object.fromEntries(items.map(({ user, lastReadSeq }) => [user.id, lastReadSeq]));
      store.update((state) => (state.conversations[conversationId] ? readUpTo(state, conversationId, marks) : state));
      cursor = nextCursor;
    } while (cursor !== null);
  }

  return {
    load,
    wake() {
      for (const id of asked) load(id).catch((error: unknown) => refusalOf(error).retryable || asked.delete(id));
    },
  };
}
