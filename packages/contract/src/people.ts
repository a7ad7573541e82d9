import { z } from 'zod';
import { email } from './address.ts';
import { id, instant } from './ids.ts';
import { limits } from './limits.ts';
import { displayName } from './text.ts';
import { username } from './username.ts';

/**
 * What anyone may see of a person. No e-mail: a leaked address is the one thing that cannot be mended.
 * `avatarUrl` is a path of this server, another one after every change of the picture; null without one.
 */
export const user = z.object({
  id,
  username: z.string(),
  name: z.string(),
  bio: z.string(),
  avatarUrl: z.string().nullable(),
  createdAt: instant,
});
export type User = z.infer<typeof user>;

export const siteRole = z.enum(['user', 'moderator', 'admin']);

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

export const signInInput = z.strictObject({ email: z.string().max(1_000), password: z.string().max(limits.password.max) });

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
