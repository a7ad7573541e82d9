import { defineEntity, p } from '@mikro-orm/core';
import { idBytes, millis } from './columns.ts';

/** `list` is allow or deny (Q2). */
export const RoomAccess = defineEntity({
  name: 'RoomAccess',
  tableName: 'room_access',
  properties: {
    conversation_id: idBytes().primary(),
    user_id: idBytes().primary(),
    list: p.string().length(5),
    added_by: idBytes(),
    added_at: millis(),
  },
  indexes: [{ properties: ['user_id'], name: 'room_access_of_user' }],
});

/** M10: who left and refuses to be added again, to one conversation or by one person anywhere. `target` says which. */
export const Refusal = defineEntity({
  name: 'Refusal',
  tableName: 'refusal',
  properties: {
    user_id: idBytes().primary(),
    target_id: idBytes().primary(),
    target: p.string().length(12),
    created_at: millis(),
  },
  indexes: [{ properties: ['target_id'], name: 'refusal_against' }],
});

export const Block = defineEntity({
  name: 'Block',
  tableName: 'block',
  properties: {
    blocker_id: idBytes().primary(),
    blocked_id: idBytes().primary(),
    created_at: millis(),
  },
  indexes: [{ properties: ['blocked_id'], name: 'block_against' }],
});

export const Follow = defineEntity({
  name: 'Follow',
  tableName: 'follow',
  properties: {
    follower_id: idBytes().primary(),
    followed_id: idBytes().primary(),
    created_at: millis(),
  },
  indexes: [{ properties: ['followed_id'], name: 'follow_of' }],
});

/** Two rows per pair, one from each side: incoming, outgoing, accepted or declined. */
export const Contact = defineEntity({
  name: 'Contact',
  tableName: 'contact',
  properties: {
    user_id: idBytes().primary(),
    other_id: idBytes().primary(),
    state: p.string().length(8),
    created_at: millis(),
    answered_at: millis().nullable(),
  },
});
