import { z } from 'zod';
import { id } from './ids.ts';
import { limits } from './limits.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';

/**
 * `from` is included, `to` is not: each a date (`2026-11-21`, meaning that day's first instant in `tz`) or an instant with its offset
 * (`2026-11-21T03:00:00Z`). `tz` is a name of the IANA database, UTC when absent. Without `conversationId` everything the caller may
 * see is counted. What cannot be read is refused with BAD_RANGE.
 */
export const analyticsInput = z.strictObject({
  from: z.string().max(64).optional(),
  to: z.string().max(64).optional(),
  tz: z.string().max(64).optional(),
  conversationId: id.optional(),
  ...pageInput,
  limit: pageInput.limit.unwrap().default(limits.page.analytics),
});
export type AnalyticsInput = z.infer<typeof analyticsInput>;

export const topUser = z.object({ user, messages: z.int() });
export type TopUser = z.infer<typeof topUser>;

/** `name` is what the caller may call the chat: the others' names where it has none, "Private conversation" where it is not theirs. */
export const topConversation = z.object({
  conversation: z.object({ id, kind: z.enum(['direct', 'group', 'room']), name: z.string() }),
  messages: z.int(),
});
export type TopConversation = z.infer<typeof topConversation>;

/** `day` is a local date in the zone asked for, e.g. `2026-11-21`. */
export const dailyCount = z.object({ day: z.iso.date(), messages: z.int() });
export type DailyCount = z.infer<typeof dailyCount>;
