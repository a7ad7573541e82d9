import { type Page, Refusal } from '@koreromai/contract';
import type { z } from 'zod';
import type { Seal } from './seal.ts';

export interface Paging<Key, Row> {
  readonly seal: Seal;
  /** Names the list, its filter and its reader: a cursor of another list is refused. */
  readonly list: string;
  readonly key: z.ZodType<Key>;
  readonly cursor: string | null | undefined;
  readonly limit: number;
  /** Reads at most `count` rows beyond the key, in the list's order. */
  readonly rows: (beyond: Key | null, count: number) => Promise<Row[]>;
  readonly keyOf: (row: Row) => Key;
}

/** One page by keyset: reads one row more than asked to know whether there is a next page. Throws CURSOR_INVALID. */
export async function paged<Key, Row>(paging: Paging<Key, Row>): Promise<Page<Row>> {
  const { seal, list, cursor, limit } = paging;
  let beyond: Key | null = null;
  if (cursor !== null && cursor !== undefined) {
    const opened = paging.key.safeParse(seal.openCursor(list, cursor));
    if (!opened.success) throw new Refusal('CURSOR_INVALID');
    beyond = opened.data;
  }
  const rows = await paging.rows(beyond, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? seal.cursor(list, paging.keyOf(last)) : null };
}
