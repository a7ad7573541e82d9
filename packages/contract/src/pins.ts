import { z } from 'zod';
import { id, instant } from './ids.ts';
import { message } from './messages.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';

/** A message that everybody in the chat keeps at hand. */
export const pin = z.object({ message, pinnedBy: user, pinnedAt: instant });
export type Pin = z.infer<typeof pin>;

export const pinsInput = z.strictObject({ conversationId: id, ...pageInput });
