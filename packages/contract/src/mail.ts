import { z } from 'zod';
import { id, instant } from './ids.ts';

export const mailState = z.enum(['queued', 'sent', 'cancelled', 'dead']);

/** A mail as admins see it: to whom and what became of it, never what it says. */
export const outgoingMail = z.object({
  id,
  to: z.string(),
  kind: z.enum(['chat', 'invitation', 'reset', 'notice']),
  state: mailState,
  /** How often it was tried. */
  attempts: z.int(),
  createdAt: instant,
  /** Before this it does not go out; null once nothing is to be done any more. */
  dueAt: instant.nullable(),
  sentAt: instant.nullable(),
  /** Why it was cancelled or given up, or what went wrong last. */
  reason: z.string().nullable(),
});
export type OutgoingMail = z.infer<typeof outgoingMail>;
