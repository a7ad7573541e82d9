import { defineEntity, p } from '@mikro-orm/core';
import { hashBytes, idBytes, millis, whole } from './columns.ts';

/** What a message said before an edit; purged when it is deleted for everyone. */
export const Revision = defineEntity({
  name: 'Revision',
  tableName: 'revision',
  properties: {
    message_id: idBytes().primary(),
    version: p.integer().primary(),
    text: p.text(),
    written_at: millis(),
  },
});

/** Deleted on one side alone (D-del1). */
export const HiddenMessage = defineEntity({
  name: 'HiddenMessage',
  tableName: 'hidden_message',
  properties: {
    user_id: idBytes().primary(),
    message_id: idBytes().primary(),
    conversation_id: idBytes(),
    hidden_at: millis(),
  },
});

/** One per person and emoji; `like` is the like of the brief. */
export const Reaction = defineEntity({
  name: 'Reaction',
  tableName: 'reaction',
  properties: {
    message_id: idBytes().primary(),
    emoji: p.string().length(64).primary(),
    user_id: idBytes().primary(),
    created_at: millis(),
  },
  indexes: [{ properties: ['user_id', 'message_id'], name: 'reaction_of_user' }],
});

export const Pin = defineEntity({
  name: 'Pin',
  tableName: 'pin',
  properties: {
    conversation_id: idBytes().primary(),
    message_id: idBytes().primary(),
    pinned_by: idBytes(),
    pinned_at: millis(),
  },
  indexes: [{ properties: ['message_id'], name: 'pin_of_message' }],
});

/** Who was named in a message, and is told: written with it, read through the visibility predicate. */
export const Mention = defineEntity({
  name: 'Mention',
  tableName: 'mention',
  properties: {
    user_id: idBytes().primary(),
    message_id: idBytes().primary(),
    conversation_id: idBytes(),
    seq: whole(),
    at: millis(),
  },
  indexes: [
    { properties: ['message_id'], name: 'mention_of_message' },
    { properties: ['user_id', 'at', 'message_id'], name: 'mention_by_time' },
    { properties: ['user_id', 'conversation_id', 'seq'], name: 'mention_unread' },
  ],
});

/** A member asks the moderators to look. */
export const Report = defineEntity({
  name: 'Report',
  tableName: 'report',
  properties: {
    id: idBytes().primary(),
    message_id: idBytes(),
    conversation_id: idBytes(),
    reporter_id: idBytes(),
    reason: p.string().length(1000),
    created_at: millis(),
    resolved_at: millis().nullable(),
    resolved_by: idBytes().nullable(),
  },
  uniques: [{ properties: ['message_id', 'reporter_id'], name: 'report_one_each' }],
});

/** Somebody asks the moderators to look at a person: one row of each about each, open again when it is asked again. */
export const PersonReport = defineEntity({
  name: 'PersonReport',
  tableName: 'person_report',
  properties: {
    id: idBytes().primary(),
    user_id: idBytes(),
    reporter_id: idBytes(),
    reason: p.string().length(1000),
    created_at: millis(),
    resolved_at: millis().nullable(),
    resolved_by: idBytes().nullable(),
  },
  uniques: [{ properties: ['user_id', 'reporter_id'], name: 'person_report_one_each' }],
});

/** A picture or video. `message_id` is null until it is sent, `removed_at` set when its bytes must go. */
export const Attachment = defineEntity({
  name: 'Attachment',
  tableName: 'attachment',
  properties: {
    id: idBytes().primary(),
    uploader_id: idBytes(),
    purpose: p.string().length(8),
    message_id: idBytes().nullable(),
    position: p.smallint().default(0),
    type: p.string().length(40),
    name: p.string().length(255),
    size: whole(),
    width: p.integer().nullable(),
    height: p.integer().nullable(),
    thumbnail_width: p.integer().nullable(),
    thumbnail_height: p.integer().nullable(),
    thumbnail_size: p.integer().nullable(),
    /** What it shows, in words. */
    description: p.string().length(1000).nullable(),
    created_at: millis(),
    removed_at: millis().nullable(),
  },
  indexes: [
    { properties: ['message_id', 'position'], name: 'attachment_of_message' },
    { properties: ['uploader_id', 'message_id'], name: 'attachment_of_uploader' },
    { properties: ['message_id', 'purpose', 'created_at'], name: 'attachment_unsent' },
    { properties: ['removed_at'], name: 'attachment_removed' },
  ],
});

/** Bytes that the files of one person take, thumbnails included; under `storeId`, those of everyone. */
export const StorageUse = defineEntity({
  name: 'StorageUse',
  tableName: 'storage_use',
  properties: { owner_id: idBytes().primary(), bytes: whole() },
});

/** What a page says of itself, fetched behind the guard. Keyed by the hash of its URL. */
export const LinkPreview = defineEntity({
  name: 'LinkPreview',
  tableName: 'link_preview',
  properties: {
    url_hash: hashBytes().primary(),
    url: p.string().length(2048),
    state: p.string().length(8),
    title: p.string().length(300),
    description: p.string().length(500),
    site: p.string().length(120),
    image_id: idBytes().nullable(),
    fetched_at: millis(),
  },
});

/** A picture of a linked page, drawn anew; `link_preview.image_id` names it while it is kept. Its bytes are in the storage under its id. */
export const PreviewImage = defineEntity({
  name: 'PreviewImage',
  tableName: 'preview_image',
  properties: {
    id: idBytes().primary(),
    width: p.integer(),
    height: p.integer(),
    size: p.integer(),
  },
});
