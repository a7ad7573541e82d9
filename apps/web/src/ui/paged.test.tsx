import type { Page } from '@koreromai/contract';
import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { createPaged } from './paged.ts';

test('UI37: the answer to a question that is no longer asked is dropped, whichever comes first', async () => {
  const waiting = new Map<string, (page: Page<string>) => void>();
  await createRoot(async (dispose) => {
    const [query, setQuery] = createSignal('a');
    const paged = createPaged(query, (now) => new Promise<Page<string>>((resolve) => waiting.set(now, resolve)));
    await Promise.resolve();
    setQuery('ab');
    await Promise.resolve();
    waiting.get('ab')?.({ items: ['right'], nextCursor: 'more' });
    await new Promise((resolve) => queueMicrotask(() => resolve(null)));
    waiting.get('a')?.({ items: ['late'], nextCursor: null });
    await new Promise((resolve) => queueMicrotask(() => resolve(null)));
    expect(paged.items()).toEqual(['right']);
    expect(paged.more()).toBe(true);
    expect(paged.busy()).toBe(false);
    paged.change((items) => [...items, 'added']);
    expect(paged.items()).toEqual(['right', 'added']);
    dispose();
  });
});
