import { z } from 'zod';
import { id, instant } from './ids.ts';
import { limits } from './limits.ts';
import { pageInput } from './page.ts';
import { user } from './people.ts';

/** What a webhook can be told of: what happens in a group or a room, as those in it hear of it. */
export const webhookEvent = z.enum([
  'message.created',
  'message.updated',
  'message.deleted',
  'reaction.added',
  'reaction.removed',
  'pin.added',
  'pin.removed',
  'member.added',
  'member.left',
  'member.removed',
  'conversation.updated',
  'conversation.closed',
]);
export type WebhookEvent = z.infer<typeof webhookEvent>;

/** Why nothing is sent any more: it failed for days, the receiver said 410, who made it is not in the chat any more, or the chat is closed. */
export const webhookEnd = z.enum(['failing', 'gone', 'makerGone', 'closed']);
export type WebhookEnd = z.infer<typeof webhookEnd>;

/** Where another system hears of what happens in one chat. `disabled` is null while it is sent to. */
export const webhook = z.object({
  id,
  conversationId: id,
  url: z.string(),
  events: z.array(webhookEvent),
  madeBy: user,
  createdAt: instant,
  /** Since when nothing arrives; null: the last delivery did, or there was none. */
  failingSince: instant.nullable(),
  disabled: z.object({ at: instant, reason: webhookEnd }).nullable(),
});
export type Webhook = z.infer<typeof webhook>;

export const webhooksInput = z.strictObject({ conversationId: id, ...pageInput });
export const createWebhookInput = z.strictObject({
  conversationId: id,
  url: z.string().trim().min(1, 'must not be empty').max(limits.webhooks.maxUrl),
  events: z.array(webhookEvent).min(1, 'must name an event').max(webhookEvent.options.length),
});
export const webhookRef = z.strictObject({ conversationId: id, webhookId: id });
/** `secret` signs what is sent (Standard Webhooks); it is told here and nowhere else, ever. */
export const madeWebhook = webhook.extend({ secret: z.string() });

export const deliveryState = z.enum(['waiting', 'sent', 'failed']);
/** One message to a webhook. `id` is its `webhook-id`, the same at every try. */
export const delivery = z.object({
  id,
  event: webhookEvent,
  state: deliveryState,
  /** The last answer's; null: none came. */
  status: z.int().nullable(),
  attempts: z.int(),
  /** Why the last try failed, or why there was none. */
  error: z.string().nullable(),
  createdAt: instant,
  nextTryAt: instant.nullable(),
});
export type Delivery = z.infer<typeof delivery>;
export const deliveriesInput = z.strictObject({ conversationId: id, webhookId: id, ...pageInput });
export const deliveryRef = z.strictObject({ conversationId: id, webhookId: id, deliveryId: id });
