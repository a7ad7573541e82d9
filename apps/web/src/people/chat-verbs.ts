import type { Client } from '@koreromai/client';
import type { Conversation } from '@koreromai/contract';
import { toast } from '../ui/toast.tsx';
import { t } from './words.ts';

type Notifications = Conversation['notifications'];

/** Further off than anybody's patience: how "until I turn it off" is written in a date. */
export const FOREVER = Date.UTC(9999, 0, 1);

/** Counted, but not called out (UI5). */
export const isMuted = ({ level, mutedUntil }: Notifications, now: number): boolean =>
  level === 'none' || (mutedUntil !== null && Date.parse(mutedUntil) > now);

/** What one is told of in a chat. */
export const notify = (client: Client, conversationId: string, wish: Notifications): Promise<unknown> =>
  client.api.conversations.notify.mutate({ conversationId, ...wish });

/** Out of my list until somebody writes in it (D-del3). */
export async function hideChat(client: Client, conversationId: string): Promise<void> {
  await client.api.conversations.hide.mutate({ conversationId });
  toast(t('hidden'));
}
