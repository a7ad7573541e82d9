import { z } from 'zod';
import { email } from './address.ts';
import { id, instant } from './ids.ts';
import { limits } from './limits.ts';
import { pageInput } from './page.ts';
import { normaliseText } from './plain-text.ts';
import { displayName, reportReason } from './text.ts';
import { username } from './username.ts';

/**
 * What anyone may see of a person. No e-mail: a leaked address is the one thing that cannot be mended.
 * `avatarUrl` is a path of this server, another one after every change of the picture; null without one. `bot`: a program writes, not a person.
 */
export const user = z.object({
  id,
  username: z.string(),
  name: z.string(),
  bio: z.string(),
  avatarUrl: z.string().nullable(),
  bot: z.boolean(),
  createdAt: instant,
});
export type User = z.infer<typeof user>;

export const siteRole = z.enum(['user', 'moderator', 'admin']);
/** A person in a list of people or by their id. `email` is there only where the instance's `emailVisibility` allows its reader (E4, K2). */
export const profile = user.extend({ email: z.string().optional() });
export type Profile = z.infer<typeof profile>;

/** What a person sees of themselves. */
export const self = user.extend({ email: z.string(), role: siteRole });
export type Self = z.infer<typeof self>;

/** A7: 8 to 1,000 characters, spaces and Unicode kept as they are. */
export const password = z
  .string()
  .refine((p) => [...p].length >= limits.password.min, `must be at least ${limits.password.min} characters`)
  .refine((p) => p.length <= limits.password.max, `must be at most ${limits.password.max} characters`);

export const signUpInput = z.strictObject({ email, password, name: displayName, username: username.optional() });
export type SignUpInput = z.input<typeof signUpInput>;

/** What a person says of themselves: lines of plain text. */
const bio = z
  .string()
  .max(10_000)
  .transform((raw) => normaliseText(raw).replace(/\p{Bidi_Control}/gu, ''))
  .refine((text) => [...text].length <= limits.bio.maxCodePoints, `must be at most ${limits.bio.maxCodePoints} characters`);

/** What is left out stays as it is. */
export const updateMeInput = z.strictObject({ name: displayName.optional(), username: username.optional(), bio: bio.optional() });
export const updateUserInput = z.strictObject({ userId: id, ...updateMeInput.shape });

/** `eraseMessages`: also delete for everyone what I wrote. */
export const deleteMeInput = z.strictObject({ password: z.string().max(limits.password.max), eraseMessages: z.boolean().optional() });

export const reportUserInput = z.strictObject({ userId: id, reason: reportReason });

export const userInput = z.strictObject({ userId: id });
/** `query`: words that words of the name or the username begin with. Never an e-mail address. */
export const usersInput = z.strictObject({ query: z.string().trim().max(200).nullish(), ...pageInput });

export const signInInput = z.strictObject({ email: z.string().max(1_000), password: z.string().max(limits.password.max) });

export const changePasswordInput = z.strictObject({ current: z.string().max(limits.password.max), next: password });
export const forgotPasswordInput = z.strictObject({ email: z.string().max(1_000) });
export const resetPasswordInput = z.strictObject({ token: z.string().min(1).max(100), next: password });

/** `token` is the bearer token for clients without cookies; browsers get the same as an HttpOnly cookie. */
export const signedIn = z.object({ user: self, token: z.string() });

export const session = z.object({
  id,
  createdAt: instant,
  lastSeenAt: instant,
  userAgent: z.string(),
  current: z.boolean(),
});
export type Session = z.infer<typeof session>;

/** How one person names another: an e-mail address, `@username`, or an id. */
export const person = z.string().trim().min(1, 'must not be empty').max(1_000);
