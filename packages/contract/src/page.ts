import { z } from 'zod';
import { limits } from './limits.ts';

/** What every list takes: an opaque cursor from the page before, and how many items (1–100, 50 when absent). */
export const pageInput = {
  cursor: z.string().min(1).max(1_024).nullish(),
  limit: z.int().min(limits.page.min).max(limits.page.max).default(limits.page.default),
};

/** What every list gives: the items and the cursor of the next page, null at the end. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
