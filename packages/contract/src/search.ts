import { z } from 'zod';
import { id } from './ids.ts';
import { limits } from './limits.ts';
import { pageInput } from './page.ts';

/**
 * `q`: words that must all be there, or none where `has` or `from` says what is looked for; `"quotes"` hold words together; the last word may be unfinished. `in` is a conversation, `from` a person.
 * `after` and `before` are dates (the first instant of that day in `tz`) or RFC 3339 instants; `after` is included, `before` is not.
 */
export const searchInput = z.strictObject({
  q: z.string().trim().max(limits.search.maxLength).default(''),
  in: id.optional(),
  from: id.optional(),
  before: z.string().max(64).optional(),
  after: z.string().max(64).optional(),
  tz: z.string().max(64).optional(),
  has: z.enum(['attachment', 'image', 'link', 'video']).optional(),
  ...pageInput,
});
export type SearchInput = z.infer<typeof searchInput>;
