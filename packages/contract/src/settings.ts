import { z } from 'zod';
import { limits } from './limits.ts';

const day = 24 * 3_600_000;
const span = z
  .int()
  .min(0)
  .max(3_650 * day);

/** What the admins of an instance decide for everyone. Times are milliseconds. */
export const instanceSettings = z.object({
  /** Whose e-mail address a person sees besides their own (E4). Site admins see all. */
  emailVisibility: z.enum(['self', 'contacts', 'everyone']),
  /** Who may start a chat with whom (C10). */
  messagingPolicy: z.enum(['open', 'contacts', 'mutualFollow']),
  /** Whom one finds in the list of people. */
  directory: z.enum(['everyone', 'contacts', 'off']),
  /** How long an author may edit a message; 0 is for ever (D-ed1). */
  editWindow: span,
  /** How long the content of a closed conversation is kept (M9). */
  retention: span,
  /** How many bots one person may have (IN1); 0: nobody makes any. Those that stand when it is lowered stay. */
  botsPerPerson: z.int().min(0).max(limits.bots.mostPerPerson),
});
export type InstanceSettings = z.infer<typeof instanceSettings>;

export const defaultSettings: InstanceSettings = {
  emailVisibility: 'self',
  messagingPolicy: 'open',
  directory: 'everyone',
  editWindow: day,
  retention: 30 * day,
  botsPerPerson: 10,
};

/** What is left out stays as it is. */
export const updateSettingsInput = z.strictObject(instanceSettings.partial().shape);
