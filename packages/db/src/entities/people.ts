import { defineEntity, p } from '@mikro-orm/core';
import { hashBytes, idBytes, millis } from './columns.ts';

/** `username` and `email` are stored as their keys (E1, E2) under a binary collation. `email` is null after deletion. */
export const User = defineEntity({
  name: 'User',
  tableName: 'user',
  properties: {
    id: idBytes().primary(),
    username: p.string().length(64).unique(),
    email: p.string().length(254).nullable().unique(),
    name: p.string().length(160),
    bio: p.string().length(1000).default(''),
    role: p.string().length(16).default('user'),
    /** 1 for the first account of the instance, null for all others: the unique key lets only one be first. */
    founder: p.smallint().nullable().unique(),
    password_hash: p.string().length(200).hidden().lazy(),
    created_at: millis(),
    deleted_at: millis().nullable(),
    suspended_at: millis().nullable(),
    avatar_id: idBytes().nullable(),
    /** N2: 0 neither sends nor sees read receipts. */
    receipts: p.smallint().default(1),
    /** 0 after an unsubscribe link was followed. */
    mails: p.smallint().default(1),
    /** 1: a program writes under this name, and `owner_id` is the person who answers for it. Nobody signs in as it. */
    bot: p.smallint().default(0),
    owner_id: idBytes().nullable(),
  },
  indexes: [
    { properties: ['role'], name: 'user_by_role' },
    { properties: ['owner_id'], name: 'user_by_owner' },
  ],
});

/** Only the SHA-256 of a token is kept. A bot's token is a session too: what ends sessions ends it. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: idBytes().primary(),
    token_hash: hashBytes().unique().hidden(),
    user_id: idBytes().index(),
    created_at: millis(),
    last_seen_at: millis(),
    user_agent: p.string().length(300),
    revoked_at: millis().nullable(),
    /** Of a bot's token: the person the bot belongs to. Null in a person's own session, with the three that follow. */
    owner_id: idBytes().nullable(),
    scopes: p.string().length(40).nullable(),
    label: p.string().length(320).nullable(),
    expires_at: millis().nullable(),
  },
  indexes: [{ properties: ['owner_id'], name: 'session_by_owner' }],
});
