import type { Page, Relation } from '@koreromai/contract';
import type { WritableStore } from './store.ts';

/** Reads a circle to its end. Whoever is held already follows their events, so only who is new is taken. */
export async function loadRelations(store: WritableStore, page: (cursor: string | null) => Promise<Page<Relation>>): Promise<void> {
  const { sessionId } = store.get();
  let cursor: string | null = null;
  do {
    const { items, nextCursor }: Page<Relation> = await page(cursor);
    store.update((state) => {
      if (state.sessionId !== sessionId) return state; // signed out meanwhile: these are somebody else's
      return { ...state, relations: { ...Object.fromEntries(items.map((item) => [item.user.id, item])), ...state.relations } };
    });
    cursor = nextCursor;
  } while (cursor !== null);
}
