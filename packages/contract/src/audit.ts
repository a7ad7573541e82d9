import { z } from 'zod';
import { id, instant } from './ids.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';

/** What is written down (K6) of those who may do more than others, of the way into an account and its end, and of the programs that were given one, or hear of a chat. */
export const auditAction = z.enum([
  'admin.created',
  'bot.deleted',
  'bot.made',
  'bot.token.made',
  'bot.token.revoked',
  'hook.ended',
  'hook.made',
  'message.deleted',
  'password.changed',
  'password.reset',
  'report.resolved',
  'session.opened',
  'session.refused',
  'settings.changed',
  'user.changed',
  'user.deleted',
  'user.exported',
  'user.restored',
  'user.role',
  'user.suspended',
  'webhook.disabled',
  'webhook.enabled',
  'webhook.ended',
  'webhook.made',
]);
export type AuditAction = z.infer<typeof auditAction>;

/**
 * `actor` is null for whoever sat at the server itself, for what the server did by itself, and for whoever was refused at sign-in: `targetId`
 * is whose account it was, null where nobody has that address. `detail` never holds a message, a password, an address of e-mail, a token, or
 * more of a URL than its host.
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

/** `only` what was done, or only who signed in and who was refused; both without it. */
export const auditInput = z.strictObject({ ...pageInput, only: z.enum(['acts', 'signIns']).optional() });
export type AuditOnly = NonNullable<z.infer<typeof auditInput>['only']>;
