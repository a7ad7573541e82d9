import { defineEntity, p } from '@mikro-orm/core';
import { idBytes, millis, whole } from './columns.ts';

/** A browser that is told of messages: known by `pushIdOf` its address, and gone with the session it was made in. */
export const PushSubscription = defineEntity({
  name: 'PushSubscription',
  tableName: 'push_subscription',
  properties: {
    id: idBytes().primary(),
    user_id: idBytes(),
    session_id: idBytes(),
    endpoint: p.string().length(1000),
    p256dh: p.string().length(87),
    auth: p.string().length(22),
    language: p.string().length(8),
    created_at: millis(),
  },
  indexes: [
    { properties: ['user_id'], name: 'push_subscription_of_user' },
    { properties: ['session_id'], name: 'push_subscription_of_session' },
  ],
});

/** A chat of which a browser is to be told: what exactly is looked up when it goes out. */
export const PushDelivery = defineEntity({
  name: 'PushDelivery',
  tableName: 'push_delivery',
  properties: {
    subscription_id: idBytes().primary(),
    conversation_id: idBytes().primary(),
    user_id: idBytes(),
    /** The first message it tells of. */
    from_seq: whole(),
    /** The last event that asked for it: another by the time it was sent means that there is more to tell. */
    to_seq: whole(),
    run_after: millis(),
    attempts: p.integer().default(0),
  },
  indexes: [{ properties: ['run_after'], name: 'push_delivery_due' }],
});
