import type { Page } from '@koreromai/contract';
import type { Clock } from './clock.ts';
import { drafted } from './passing.ts';
import { refusalOf } from './refusal.ts';
import { createRetry, type Retry } from './retry.ts';
import type { State } from './state.ts';
import type { WritableStore } from './store.ts';

export interface DraftsOptions {
  store: WritableStore;
  clock: Clock;
  random: () => number;
  page: (cursor: string | null) => Promise<Page<{ conversationId: string; text: string }>>;
  /** An empty text takes it away. */
  tell: (draft: { conversationId: string; text: string }) => Promise<unknown>;
}

/** What was begun and not sent: at once here, to the server when the writer rests, the last words stand (UI10). */
export interface Drafts {
  load(): Promise<void>;
  write(conversationId: string, text: string): Promise<void>;
  /** Those that nothing is to be told of: with them a state belongs to its place in the log. */
  settled(): State['drafts'];
  /** The line is back: what was told meanwhile is read, what waits is told. */
  wake(): void;
  close(): void;
}

interface Pending {
  text: string;
  told: string | null;
  busy: boolean;
  /** It fell due while a call was under way. */
  again: boolean;
  rest: () => void;
  readonly retry: Retry;
  readonly waiters: (() => void)[];
}

/** So long nothing was typed before the server hears of it. */
const restsAfter = 1_000;

export function createDrafts({ store, clock, random, page, tell }: DraftsOptions): Drafts {
  const pending = new Map<string, Pending>();
  let loaded = false;
  const show = (id: string, text: string) =>
    store.update((state) => ((state.drafts[id] ?? '') === text ? state : drafted(state, id, text || null)));
  // The echo of what was told a moment ago must not take away what was typed since.
  const end = store.subscribe(() => {
    for (const [id, { text }] of pending) show(id, text);
  });

  const begun = (text: string): Pending => ({
    ...{ text, told: null, busy: false, again: false },
    ...{ rest: () => {}, retry: createRetry(clock, random), waiters: [] },
  });

  async function run(id: string): Promise<void> {
    const draft = pending.get(id);
    if (!draft || draft.retry.waiting) return;
    draft.again = draft.busy;
    if (draft.busy) return;
    draft.busy = true;
    const { text } = draft;
    try {
      if (text !== draft.told) await tell({ conversationId: id, text });
      draft.told = text;
    } catch (error) {
      const { retryable, retryAfter } = refusalOf(error);
      draft.busy = false;
      if (retryable) return draft.retry.later(() => void run(id), (retryAfter ?? 0) * 1_000);
      draft.told = text; // too long, or not theirs to write in: it stays here alone
    }
    draft.busy = false;
    if (draft.again) return run(id);
    if (draft.text !== text) return; // its own rest will come
    pending.delete(id);
    for (const done of draft.waiters) done();
  }

  async function load(): Promise<void> {
    let cursor: string | null = null;
    do {
      const { items, nextCursor }: Awaited<ReturnType<typeof page>> = await page(cursor);
      for (const { conversationId, text } of items) show(conversationId, text);
      cursor = nextCursor;
    } while (cursor !== null);
    loaded = true;
  }

  return {
    load,
    write(id, text) {
      const draft = pending.get(id) ?? begun(text);
      draft.text = text;
      draft.rest();
      pending.set(id, draft);
      show(id, text);
      if (text === '') void run(id);
      else draft.rest = clock.after(restsAfter, () => void run(id));
      return new Promise((resolve) => draft.waiters.push(resolve));
    },
    settled: () => Object.fromEntries(Object.entries(store.get().drafts).filter(([id]) => !pending.has(id))),
    wake() {
      for (const draft of pending.values()) draft.retry.wake();
      if (loaded) load().catch(() => {}); // away again: read at the next turn
    },
    close() {
      end();
      for (const draft of pending.values()) {
        draft.rest();
        draft.retry.reset();
      }
      pending.clear();
    },
  };
}
