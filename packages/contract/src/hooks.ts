import { z } from 'zod';
import { id, instant } from './ids.ts';
import { limits } from './limits.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';
import { displayName } from './text.ts';

/**
 * An address at which other systems post into one chat, without the address itself: that was shown once. It writes as its bot.
 * `works` is false while that bot may not write there: it was taken out, shut out, or the person who made the hook is.
 */
export const hook = z.object({ id, conversationId: id, bot: user, madeBy: user, createdAt: instant, works: z.boolean() });
export type Hook = z.infer<typeof hook>;

export const hooksInput = z.strictObject({ conversationId: id, ...pageInput });
/** `name`: under which it writes. */
export const createHookInput = z.strictObject({ conversationId: id, name: displayName });
export const hookRef = z.strictObject({ conversationId: id, hookId: id });
/** `url` is told here and nowhere else, ever. Whoever has it can write. */
export const madeHook = hook.extend({ url: z.string() });

const part = z.string().max(20_000).nullish();

/** What other systems send: the part of Slack's shape that is words. All else of it is let pass and not looked at. */
export const hookPayload = z.object({
  text: part,
  attachments: z
    .array(z.object({ pretext: part, title: part, title_link: part, text: part, fallback: part }))
    .max(limits.hooks.attachments)
    .nullish(),
});
export type HookPayload = z.infer<typeof hookPayload>;
