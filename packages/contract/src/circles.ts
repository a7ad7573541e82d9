import { z } from 'zod';
import { id, instant } from './ids.ts';
import { pageInput } from './page.ts';
import { person, user } from './people.ts';

/** B4. `outgoing` is also what the other one declined or never saw: it looks pending for ever. `declined` is said once, to whoever declines. */
export const contactState = z.enum(['none', 'outgoing', 'incoming', 'accepted', 'declined']);

/** How another person stands to me. Nothing in it tells whether they blocked me. */
export const relation = z.object({ user, contact: contactState, following: z.boolean(), followsMe: z.boolean(), blocked: z.boolean() });
export type Relation = z.infer<typeof relation>;

export const circleInput = z.strictObject({ ...pageInput });
export const otherInput = z.strictObject({ userId: id });
export const contactInput = z.strictObject({ person });
export const contactAnswer = z.strictObject({ userId: id, accept: z.boolean() });

/** M10: `none`, `group` (nobody adds me to this one again), or these people add me nowhere. */
export const leaveBlock = z.union([z.enum(['none', 'group']), z.strictObject({ members: z.array(id).min(1).max(50) })]);
export const leaveInput = z.strictObject({ conversationId: id, block: leaveBlock.default('none') });

/** One refusal to be added: to a conversation by anybody, or by a person to anything. `id` is what lifts it. */
export const refusal = z.object({
  id,
  kind: z.enum(['conversation', 'person']),
  user: user.nullable(),
  /** The name it has now; null when it has none. */
  conversationName: z.string().nullable(),
  createdAt: instant,
});
export type Refused = z.infer<typeof refusal>;
export const refusalInput = z.strictObject({ targetId: id });
