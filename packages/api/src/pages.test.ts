import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './root.ts';
import { createCast } from './test/cast.ts';
import { fixtures } from './test/lists/every.ts';
import type { Filled, Listed } from './test/lists/scene.ts';
import { verdict } from './test/refused.ts';

/** Paths of all queries whose answer is a page, read off the router itself. */
function listsOf(procedures: Record<string, unknown>): string[] {
  return Object.entries(procedures).flatMap(([path, procedure]) => {
    const { type, output } = (procedure as { _def: { type: string; output?: unknown } })._def;
    const paged = output instanceof z.ZodObject && 'items' in output.shape && 'nextCursor' in output.shape;
    return type === 'query' && paged ? [path] : [];
  });
}
const lists = listsOf(appRouter._def.procedures);

describe('the lists of the router', () => {
  test('each has an entry here, and each entry is a list', () => expect(Object.keys(fixtures).sort()).toEqual(lists.toSorted()));
});

eachDatabase('paging', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi'], {
    previews: { page: async () => ({ title: 'He kupu', description: '', site: '', image: null }), picture: async () => Buffer.alloc(0) },
  });
  const foreign: string[] = [];

  async function walk(filled: Filled, limit: number, between?: () => Promise<unknown>) {
    const keys: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Listed = await filled.list({ limit, ...(cursor ? { cursor } : {}) });
      keys.push(...page.items.map((item) => filled.key(item as never)));
      sizes.push(page.items.length);
      cursor = page.nextCursor;
      await between?.();
    } while (cursor !== null && sizes.length < 50);
    return { keys, sizes };
  }

  test.each(lists)(
    'R6: %s: pages of two without repeat or gap; bad limits, places and cursors are refused; stable while others write',
    async (path) => {
      const filled = await fixtures[path]?.(cast);
      if (!filled) throw new Error(`${path} has no entry in this suite: add one.`);
      const whole = (await filled.list({})).items.map((item) => filled.key(item as never));
      expect(whole.length).toBeGreaterThanOrEqual(filled.size);
      const { keys, sizes } = await walk(filled, 2);
      expect(keys).toEqual(whole);
      expect(sizes.slice(0, -1).every((n) => n === 2)).toBe(true);
      expect((await walk(filled, 1)).keys).toEqual(whole);
      expect((await filled.list({ limit: whole.length })).nextCursor).toBeNull();
      expect(await verdict(filled.list({ limit: limits.page.max }))).toBe('done');

      for (const limit of [0, -1, 101, 1e9, 2 ** 53, 1.5, '2', null, Number.NaN, Number.POSITIVE_INFINITY])
        expect(await verdict(filled.list({ limit })), String(limit)).toBe('BAD_INPUT');
      for (const place of ['offset', 'page', 'skip'])
        expect(await verdict(filled.list({ [place]: 1_000_000_000 })), `${path} by ${place}`).toBe('BAD_INPUT'); // there are none: a page costs the same at any depth
      expect(await verdict(filled.list({ cursor: 'A'.repeat(1_025) }))).toBe('BAD_INPUT');
      const { nextCursor } = await filled.list({ limit: 2 });
      if (nextCursor === null) throw new Error('There is a second page.');
      const edited = nextCursor.slice(0, -2) + (nextCursor.at(-2) === 'A' ? 'B' : 'A') + nextCursor.slice(-1);
      for (const cursor of [edited, `${nextCursor}A`, 'nonsense', ...foreign])
        expect(await verdict(filled.list({ cursor })), cursor).toBe('CURSOR_INVALID');
      foreign.push(nextCursor);

      let writes = 0;
      const meanwhile = await walk(filled, 2, async () => (writes++ < 2 ? filled.write() : null));
      expect(new Set(meanwhile.keys).size).toBe(meanwhile.keys.length);
      expect(meanwhile.keys.filter((k) => whole.includes(k))).toEqual(whole);
    },
  );

  test(`R6: a page has ${limits.page.default} items unless another number is asked for, and never more than ${limits.page.max}`, async () => {
    const { id } = await cast.world.direct(cast.mia, cast.rangi);
    for (let i = 0; i <= limits.page.max; i++) await cast.mia.api.messages.post({ conversationId: id, text: `${i}` });
    const sizes = async (limit?: number) => {
      const { items, nextCursor } = await cast.rangi.api.messages.list({ conversationId: id, ...(limit && { limit }) });
      return [items.length, nextCursor !== null];
    };
    expect(await sizes()).toEqual([limits.page.default, true]);
    expect(await sizes(limits.page.max)).toEqual([limits.page.max, true]);
  });

  test('R6: a cursor serves its own reader, its own chat and its own order only', async () => {
    const { id } = await cast.world.direct(cast.mia, cast.rangi);
    for (let i = 0; i < 3; i++) await cast.mia.api.messages.post({ conversationId: id, text: `${i}` });
    const other = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    const cursor = (await cast.mia.api.messages.list({ conversationId: id, limit: 1 })).nextCursor;
    expect(await verdict(cast.mia.api.messages.list({ conversationId: id, cursor, order: 'asc' }))).toBe('CURSOR_INVALID');
    expect(await verdict(cast.mia.api.messages.list({ conversationId: other.id, cursor }))).toBe('CURSOR_INVALID');
    await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    const mine = (await cast.mia.api.conversations.list({ limit: 1 })).nextCursor;
    expect(await verdict(cast.tama.api.conversations.list({ limit: 1, cursor: mine }))).toBe('CURSOR_INVALID');
  });
});
