import { defineEntity, p } from '@mikro-orm/core';
import { hashBytes, idBytes, millis, whole } from './columns.ts';

/** An address at which other systems post into a chat, as a bot of its own. Only the SHA-256 of its token is kept. */
export const Hook = defineEntity({
  name: 'Hook',
  tableName: 'hook',
  properties: {
    id: idBytes().primary(),
    conversation_id: idBytes().index('hook_of_conversation'),
    bot_id: idBytes().unique(),
    made_by: idBytes(),
    token_hash: hashBytes().unique().hidden(),
    created_at: millis(),
  },
});

/** Where another system hears of what happens in a chat. Its secret is derived from its id and the instance's own. */
export const Webhook = defineEntity({
  name: 'Webhook',
  tableName: 'webhook',
  properties: {
    id: idBytes().primary(),
    conversation_id: idBytes(),
    url: p.string().length(2048),
    events: p.string().length(300),
    made_by: idBytes(),
    /** The head of the chat's stream when it was made or enabled again: it hears of what lies beyond. */
    since_seq: whole(),
    created_at: millis(),
    /** When the first of the deliveries failed since which none arrived. */
    failing_since: millis().nullable(),
    disabled_at: millis().nullable(),
    disabled_reason: p.string().length(12).nullable(),
  },
  indexes: [{ properties: ['conversation_id'], name: 'webhook_of_conversation' }],
});

/** One event for one webhook: what exactly is looked up when it goes out. */
export const WebhookDelivery = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_delivery',
  properties: {
    id: idBytes().primary(),
    webhook_id: idBytes(),
    event: p.string().length(24),
    seq: whole(),
    state: p.string().length(8),
    status: p.smallint().nullable(),
    error: p.string().length(200).nullable(),
    attempts: p.integer().default(0),
    /** Null once it is settled. */
    run_after: millis().nullable(),
    created_at: millis(),
  },
  indexes: [
    { properties: ['run_after'], name: 'webhook_delivery_due' },
    { properties: ['webhook_id', 'id'], name: 'webhook_delivery_of_webhook' },
    { properties: ['created_at'], name: 'webhook_delivery_by_time' },
  ],
});
