import { z } from 'zod';
import { id, instant } from './ids.ts';
import { user } from './people.ts';

/** What is written down of those who may do more than others, and of what touches the way into an account (K6). */
export const auditAction = z.enum([
  'admin.created',
  'message.deleted',
  'password.changed',
  'password.reset',
  'report.resolved',
  'settings.changed',
  'user.changed',
  'user.exported',
  'user.restored',
  'user.role',
  'user.suspended',
]);
export type AuditAction = z.infer<typeof auditAction>;

/** `actor` is null for whoever sat at the server itself. `detail` never holds a message, a password or an address. */
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
