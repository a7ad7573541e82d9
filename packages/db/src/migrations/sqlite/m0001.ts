import { Migration } from '@mikro-orm/migrations';

/**
 * Every statement can run again, so that a migration killed half-way resumes at the next start.
 * `message` keeps an unmapped integer row id (full text search joins on it); `event` is keyed by `pos`.
 */
export class M0001 extends Migration {
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const statements = [
  "create table if not exists `user` (`id` blob not null primary key, `username` text not null, `email` text null, `name` text not null, `bio` text not null default '', `role` text not null default 'user', `founder` integer null, `password_hash` text not null, `created_at` bigint not null, `deleted_at` bigint null)",
  'create unique index if not exists `user_username_unique` on `user` (`username`)',
  'create unique index if not exists `user_founder_unique` on `user` (`founder`)',
  'create unique index if not exists `user_email_unique` on `user` (`email`)',
  'create table if not exists `session` (`id` blob not null primary key, `token_hash` blob not null, `user_id` blob not null, `created_at` bigint not null, `last_seen_at` bigint not null, `user_agent` text not null, `revoked_at` bigint null)',
  'create unique index if not exists `session_token_hash_unique` on `session` (`token_hash`)',
  'create index if not exists `session_user_id_index` on `session` (`user_id`)',
  'create table if not exists `conversation` (`id` blob not null primary key, `kind` text not null, `name` text null, `owner_id` blob null, `direct_key` blob null, `created_at` bigint not null, `closed_at` bigint null)',
  'create unique index if not exists `conversation_direct_key_unique` on `conversation` (`direct_key`)',
  'create table if not exists `span` (`conversation_id` blob not null, `user_id` blob not null, `from_seq` bigint not null, `to_seq` bigint null, `open` integer null, `role` text not null, `added_by` blob null, `joined_at` bigint not null, `end_reason` text null, primary key (`conversation_id`, `user_id`, `from_seq`))',
  'create unique index if not exists `span_one_open` on `span` (`conversation_id`, `user_id`, `open`)',
  'create index if not exists `span_of_user` on `span` (`user_id`, `open`)',
  "create table if not exists `member_state` (`user_id` blob not null, `conversation_id` blob not null, `last_read_seq` bigint not null default '0', `cleared_seq` bigint not null default '0', primary key (`user_id`, `conversation_id`))",
  'create table if not exists `invitation` (`id` blob not null primary key, `conversation_id` blob null, `inviter_id` blob not null, `email` text not null, `created_at` bigint not null, `expires_at` bigint not null, `open` integer null, `accepted_by` blob null)',
  'create index if not exists `invitation_of_inviter` on `invitation` (`inviter_id`, `open`)',
  'create unique index if not exists `invitation_one_open` on `invitation` (`conversation_id`, `email`, `open`)',
  "create table if not exists `stream` (`id` blob not null primary key, `seq` bigint not null default '0', `pos` bigint not null default '0', `floor_seq` bigint not null default '0', `epoch` bigint not null default '0')",
  "create table if not exists `log_head` (`id` integer not null primary key autoincrement, `pos` bigint not null default '0')",
  'insert or ignore into `log_head` (`id`, `pos`) values (1, 0)',
  'create table if not exists `event` (`pos` integer not null primary key autoincrement, `stream_id` blob not null, `seq` bigint not null, `type` text not null, `actor_id` blob null, `subject_id` blob null, `number` bigint null, `at` bigint not null)',
  'create unique index if not exists `event_stream_seq` on `event` (`stream_id`, `seq`)',
  'create index if not exists `event_stream_pos` on `event` (`stream_id`, `pos`)',
  'create table if not exists `message` (`row` integer not null primary key, `id` blob not null, `conversation_id` blob not null, `seq` bigint not null, `author_id` blob not null, `text` text null, `version` integer not null default 1, `created_at` bigint not null, `updated_at` bigint not null, `edited_at` bigint null, `deleted_at` bigint null)',
  'create unique index if not exists `message_id` on `message` (`id`)',
  'create unique index if not exists `message_conversation_seq` on `message` (`conversation_id`, `seq`)',
  'create table if not exists `counter` (`conversation_id` blob not null, `bucket` integer not null, `author_id` blob not null, `messages` integer not null default 0, primary key (`conversation_id`, `bucket`, `author_id`))',
  'create table if not exists `instance` (`id` integer not null primary key autoincrement, `secret` blob not null, `created_at` bigint not null)',
  "insert or ignore into `instance` (`id`, `secret`, `created_at`) values (1, randomblob(16), cast(strftime('%s','now') as integer) * 1000)",
];
