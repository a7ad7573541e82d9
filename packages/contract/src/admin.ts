import { z } from 'zod';
import { id, instant } from './ids.ts';
import { limits } from './limits.ts';
import { pageInput } from './page.ts';
import { siteRole, user } from './people.ts';

/** A person as those see them who run the instance. `email` is null for moderators, who do not see addresses. */
export const adminUser = user.extend({
  email: z.string().nullable(),
  role: siteRole,
  suspended: z.boolean(),
  /** When one of their sessions was used last, to the hour. */
  lastSeenAt: instant.nullable(),
});
export type AdminUser = z.infer<typeof adminUser>;

/** `query`: how a username or an e-mail address begins. */
export const listUsersInput = z.strictObject({ ...pageInput, query: z.string().trim().min(1).max(limits.email.max).optional() });

/** What is left out stays as it is. */
export const governUserInput = z.strictObject({ userId: id, role: siteRole.optional(), suspended: z.boolean().optional() });
