import { z } from 'zod';
import { id, instant } from './ids.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';

/** One emoji under a message; `mine` says whether the reader is among the `count`. */
export const reactionCount = z.object({ emoji: z.string(), count: z.int(), mine: z.boolean() });
export type ReactionCount = z.infer<typeof reactionCount>;

/** Who reacted and with what; likes carry the emoji `like`. */
export const reaction = z.object({ user, emoji: z.string(), createdAt: instant });
export type Reaction = z.infer<typeof reaction>;

export const reactInput = z.strictObject({ messageId: id, emoji: z.string().max(200) });
export const reactionsInput = z.strictObject({ messageId: id, ...pageInput });
