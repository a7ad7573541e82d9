import { defineEntity, p } from '@mikro-orm/core';
import { idBytes, millis, whole } from './columns.ts';

/** The head of one ordered log: a conversation's or a user's. Its row lock orders everything in it. */
export const Stream = defineEntity({
  name: 'Stream',
  tableName: 'stream',
  properties: {
    id: idBytes().primary(),
    seq: whole().default(0),
    pos: whole().default(0),
    floor_seq: whole().default(0),
    epoch: whole().default(0),
  },
});

/** The one row that every commit takes last: `pos` order is commit order. */
export const LogHead = defineEntity({
  name: 'LogHead',
  tableName: 'log_head',
  properties: { id: p.integer().primary(), pos: whole().default(0) },
});

/**
 * A fact: ids and one number, never a body, so that nothing deleted lives on in the log.
 * Clustered by (stream_id, seq) in the migrations; to the ORM its key is `pos`.
 */
export const Event = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    pos: whole().primary(),
    stream_id: idBytes(),
    seq: whole(),
    type: p.string().length(24),
    actor_id: idBytes().nullable(),
    subject_id: idBytes().nullable(),
    number: whole().nullable(),
    at: millis(),
  },
});

/** Clustered by (conversation_id, seq) in the migrations; to the ORM its key is `id`, which its sender made. */
export const Message = defineEntity({
  name: 'Message',
  tableName: 'message',
  properties: {
    id: idBytes().primary(),
    conversation_id: idBytes(),
    seq: whole(),
    author_id: idBytes(),
    text: p.text().nullable(),
    version: p.integer().default(1),
    created_at: millis(),
    updated_at: millis(),
    edited_at: millis().nullable(),
    deleted_at: millis().nullable(),
    deleted_by: idBytes().nullable(),
    reply_to_id: idBytes().nullable(),
    /** Of what was posted first, so that a repeat is known again after an edit. Gone when deleted. */
    digest: idBytes().nullable(),
    /** JSON: whom it names, with the handle as it was written; null for nobody. */
    mentions: p.text().nullable(),
  },
});

/** Messages per conversation, author and UTC quarter-hour (`bucket` = milliseconds / 900,000), kept in the post's transaction. */
export const Counter = defineEntity({
  name: 'Counter',
  tableName: 'counter',
  properties: {
    conversation_id: idBytes().primary(),
    bucket: p.integer().primary(),
    author_id: idBytes().primary(),
    messages: p.integer().default(0),
  },
  indexes: [{ properties: ['bucket'], name: 'counter_by_bucket' }],
});

/** What makes this installation itself. Its row is written last by whatever fills a database: without it the rest is not whole. */
export const Instance = defineEntity({
  name: 'Instance',
  tableName: 'instance',
  properties: {
    id: p.integer().primary(),
    /** The key that seals cursors and derives links. */
    secret: idBytes().hidden(),
    created_at: millis(),
    /** Changed by a restore: places in the log that were given out before mean nothing any more. */
    epoch: whole().default(0),
    /** Where everything went (the URL without its password), and when: nothing may be written here since. */
    moved_to: p.string().length(300).nullable(),
    moved_at: millis().nullable(),
  },
});
