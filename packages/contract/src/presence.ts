import { z } from 'zod';
import { id } from './ids.ts';
import { limits } from './limits.ts';

export const typingInput = z.strictObject({ conversationId: id });

export const presenceInput = z.strictObject({ userIds: z.array(id).min(1).max(limits.presence.asked) });
/** Those of the people asked for whom the caller may know about; the others are left out. */
export const presences = z.object({ items: z.array(z.object({ userId: id, online: z.boolean() })) });
