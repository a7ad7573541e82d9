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

const told = { id, reporter: user, reason: z.string(), createdAt: instant, resolvedAt: instant.nullable() };

/** What somebody asked the moderators to look at: a message, of whose conversation they see nothing else (2.4), or a person. */
export const report = z.discriminatedUnion('kind', [
  z.object({
    ...told,
    kind: z.literal('message'),
    /** `text` is null once it is deleted. */
    message: z.object({ id, conversationId: id, author: user, text: z.string().nullable(), createdAt: instant }),
  }),
  z.object({ ...told, kind: z.literal('person'), person: user }),
]);
export type Report = z.infer<typeof report>;

export const reportRef = z.strictObject({ reportId: id });
export const resolveReportInput = z.strictObject({ reportId: id, resolved: z.boolean() });
