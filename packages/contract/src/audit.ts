import { z } from 'zod';
import { id, instant } from './ids.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';

/** What is written down of those who may do more than others, and of the way into an account: who came in, and who was refused (K6). */
export const auditAction = z.enum([
  'admin.created',
  'message.deleted',
  'password.changed',
  'password.reset',
  'report.resolved',
  'session.opened',
  'session.refused',
  'settings.changed',
  'user.changed',
  'user.exported',
  'user.restored',
  'user.role',
  'user.suspended',
]);
export type AuditAction = z.infer<typeof auditAction>;

/**
 * `actor` is null for whoever sat at the server itself, and for whoever was refused at sign-in: `targetId` is whose account it was, null
 * where nobody has that address. `detail` never holds a message, a password or an address of e-mail.
 */
export const auditEntry = z.object({
  id,
  actor: user.nullable(),
  action: auditAction,
  targetId: id.nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  address: z.string(),
  at: instant,
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** `only` the acts of those who run the instance and changed passwords, or only who signed in and who was refused; both without it. */
export const auditInput = z.strictObject({ ...pageInput, only: z.enum(['acts', 'signIns']).optional() });
export type AuditOnly = NonNullable<z.infer<typeof auditInput>['only']>;
