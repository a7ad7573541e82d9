import type { Page } from '@koreromai/contract';
import type { DayCount } from './range.ts';

/** All pages of the days: a hundred at a time, ten years at most. */
export async function allDays(page: (cursor: string | null) => Promise<Page<DayCount>>): Promise<DayCount[]> {
  const all: DayCount[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 40; pages++) {
    const got: Page<DayCount> = await page(cursor);
    all.push(...got.items);
    cursor = got.nextCursor;
    if (cursor === null) break;
  }
  return all;
}
