import { defineEntity, p } from '@mikro-orm/core';
import { hashBytes, idBytes, millis, whole } from './columns.ts';

/** `direct_key` is the two ids, smaller first: it makes a second direct chat of one pair impossible (C3). */
export const Conversation = defineEntity({
  name: 'Conversation',
  tableName: 'conversation',
  properties: {
    id: idBytes().primary(),
    kind: p.string().length(8),
    name: p.string().length(320).nullable(),
    owner_id: idBytes().nullable(),
    direct_key: hashBytes().nullable().unique(),
    created_at: millis(),
    closed_at: millis().nullable(),
    closed_by: idBytes().nullable(),
    /** C9: rooms only, and null once closed, so that the name is free again. */
    name_key: p.string().length(320).nullable().unique(),
    access: p.string().length(10).nullable(),
    listed: p.smallint().nullable(),
    password_hash: p.string().length(200).nullable().hidden(),
    /** Q3: grants of an older version are void. */
    password_version: p.integer().default(0),
    add_policy: p.string().length(8).default('owner'),
    /** Rooms: `all`, or `fromJoin` for what is said while one is in it. */
    history: p.string().length(8).default('all'),
  },
});

/** One stay in a conversation. `open` is 1 while it lasts and null after, so that a unique key allows one open span only. */
export const Span = defineEntity({
  name: 'Span',
  tableName: 'span',
  properties: {
    conversation_id: idBytes().primary(),
    user_id: idBytes().primary(),
    from_seq: whole().primary(),
    to_seq: whole().nullable(),
    open: p.smallint().nullable(),
    role: p.string().length(8),
    added_by: idBytes().nullable(),
    joined_at: millis(),
    end_reason: p.string().length(8).nullable(),
  },
  uniques: [{ properties: ['conversation_id', 'user_id', 'open'], name: 'span_one_open' }],
  indexes: [{ properties: ['user_id', 'open'], name: 'span_of_user' }],
});

/** How many stays of a room are open, moved in the transaction of each that begins or ends. A room without a row has none. */
export const RoomCount = defineEntity({
  name: 'RoomCount',
  tableName: 'room_count',
  properties: { conversation_id: idBytes().primary(), followers: p.integer() },
});

/** What one person keeps about one conversation; survives leaving. */
export const MemberState = defineEntity({
  name: 'MemberState',
  tableName: 'member_state',
  properties: {
    user_id: idBytes().primary(),
    conversation_id: idBytes().primary(),
    last_read_seq: whole().default(0),
    cleared_seq: whole().default(0),
    /** The head of the conversation when it was hidden: it shows again with the first message beyond. */
    hidden_at: whole().nullable(),
    notify: p.string().length(8).default('all'),
    muted_until: millis().nullable(),
    visited_at: millis().nullable(),
    granted_version: p.integer().nullable(),
    draft: p.text().nullable(),
    draft_at: millis().nullable(),
    /** Set while somebody has marked it as unread by hand: the mark that counts instead, and the head when they did (N1). */
    unread_seq: whole().nullable(),
    unread_at: whole().nullable(),
  },
});

/** A seat kept for an address. Of the link only this row's id is stored: the token is derived from it and the instance's secret. */
export const Invitation = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    id: idBytes().primary(),
    conversation_id: idBytes().nullable(),
    inviter_id: idBytes(),
    email: p.string().length(254),
    created_at: millis(),
    expires_at: millis(),
    open: p.smallint().nullable(),
    accepted_by: idBytes().nullable(),
  },
  uniques: [{ properties: ['conversation_id', 'email', 'open'], name: 'invitation_one_open' }],
  indexes: [{ properties: ['inviter_id', 'open'], name: 'invitation_of_inviter' }],
});
