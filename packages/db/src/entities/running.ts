import { defineEntity, p } from '@mikro-orm/core';
import { hashBytes, idBytes, millis, whole } from './columns.ts';

/** What admins set; the environment only seeds it. */
export const Setting = defineEntity({
  name: 'Setting',
  tableName: 'setting',
  properties: {
    name: p.string().length(40).primary(),
    value: p.string().length(1000),
    updated_at: millis(),
    updated_by: idBytes().nullable(),
  },
});

/** What moderators and admins did. Only ever added to. */
export const Audit = defineEntity({
  name: 'Audit',
  tableName: 'audit',
  properties: {
    id: idBytes().primary(),
    actor_id: idBytes().nullable(),
    action: p.string().length(40),
    target_id: idBytes().nullable(),
    detail: p.string().length(1000),
    address: p.string().length(64),
    at: millis(),
  },
});

/** K6: one row for each time that somebody came in or was refused at the door. Old ones go (`limits.signIns`). */
export const SignIn = defineEntity({
  name: 'SignIn',
  tableName: 'sign_in',
  properties: {
    id: idBytes().primary(),
    /** Whose account it was; null where nobody has that address. */
    user_id: idBytes().nullable(),
    /** 'opened', or the code of the refusal. */
    outcome: p.string().length(20),
    address: p.string().length(64),
    device: p.string().length(300),
    at: millis(),
  },
});

/** Only the SHA-256 of a token is kept. */
export const PasswordReset = defineEntity({
  name: 'PasswordReset',
  tableName: 'password_reset',
  properties: {
    token_hash: hashBytes().primary(),
    user_id: idBytes(),
    created_at: millis(),
    expires_at: millis(),
    used_at: millis().nullable(),
  },
  indexes: [{ properties: ['user_id'], name: 'password_reset_of_user' }],
});

/** Work that goes on after its request was answered. */
export const Job = defineEntity({
  name: 'Job',
  tableName: 'job',
  properties: {
    id: idBytes().primary(),
    kind: p.string().length(24),
    subject_id: idBytes().nullable(),
    data: p.string().length(1000),
    run_after: millis(),
    attempts: p.integer().default(0),
    created_at: millis(),
  },
  indexes: [{ properties: ['run_after'], name: 'job_due' }],
});

/** How far each reader of the whole log has come, and which process reads now. */
export const Follower = defineEntity({
  name: 'Follower',
  tableName: 'follower',
  properties: {
    name: p.string().length(40).primary(),
    pos: whole().default(0),
    holder: idBytes().nullable(),
    lease_until: millis().default(0),
  },
});

/** One row per person, conversation and quarter-hour. */
export const Mail = defineEntity({
  name: 'Mail',
  tableName: 'mail',
  properties: {
    id: idBytes().primary(),
    user_id: idBytes().nullable(),
    email: p.string().length(254),
    kind: p.string().length(16),
    conversation_id: idBytes().nullable(),
    slot: whole().nullable(),
    state: p.string().length(10),
    run_after: millis(),
    attempts: p.integer().default(0),
    holder: idBytes().nullable(),
    lease_until: millis().nullable(),
    data: p.string().length(2000),
    created_at: millis(),
    sent_at: millis().nullable(),
    last_error: p.string().length(500).nullable(),
  },
  uniques: [{ properties: ['user_id', 'conversation_id', 'kind', 'slot'], name: 'mail_one_per_slot' }],
  indexes: [{ properties: ['state', 'run_after'], name: 'mail_due' }],
});

/** An address that was invited, known by `addressIdOf` alone. */
export const InvitedAddress = defineEntity({
  name: 'InvitedAddress',
  tableName: 'invited_address',
  properties: {
    id: idBytes().primary(),
    mailed_at: millis().nullable(),
    refused_at: millis().nullable(),
  },
});

/** The one row that every sender takes before a mail goes out (N4). */
export const MailGate = defineEntity({
  name: 'MailGate',
  tableName: 'mail_gate',
  properties: {
    name: p.string().length(8).primary(),
    opens_at: millis().default(0),
    holder: idBytes().nullable(),
    lease_until: millis().default(0),
  },
});
