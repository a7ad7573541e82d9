import { Migration } from '@mikro-orm/migrations';

/**
 * Everything beyond plain talk: rooms, edits, reactions, files, refusals, mail, counters by day.
 * Every step can run again: tables are made where they are missing, columns are added where the first of them is missing.
 */
export class M0002 extends Migration {
  override async up(): Promise<void> {
    for (const { table, column, sql } of columns) {
      const there = await this.execute(`select 1 from pragma_table_info('${table}') where name = '${column}'`);
      if (there.length === 0) this.addSql(sql);
    }
    for (const sql of statements) this.addSql(sql);
  }
}

const columns = [
  { table: 'user', column: 'avatar_id', sql: 'alter table `user` add column `avatar_id` blob null' },
  { table: 'user', column: 'suspended_at', sql: 'alter table `user` add column `suspended_at` bigint null' },
  { table: 'user', column: 'receipts', sql: 'alter table `user` add column `receipts` integer not null default 1' },
  { table: 'user', column: 'mails', sql: 'alter table `user` add column `mails` integer not null default 1' },
  { table: 'conversation', column: 'name_key', sql: 'alter table `conversation` add column `name_key` text null' },
  { table: 'conversation', column: 'access', sql: 'alter table `conversation` add column `access` text null' },
  { table: 'conversation', column: 'listed', sql: 'alter table `conversation` add column `listed` integer null' },
  { table: 'conversation', column: 'password_hash', sql: 'alter table `conversation` add column `password_hash` text null' },
  {
    table: 'conversation',
    column: 'password_version',
    sql: 'alter table `conversation` add column `password_version` integer not null default 0',
  },
  { table: 'conversation', column: 'add_policy', sql: "alter table `conversation` add column `add_policy` text not null default 'owner'" },
  { table: 'conversation', column: 'closed_by', sql: 'alter table `conversation` add column `closed_by` blob null' },
  { table: 'member_state', column: 'hidden_at', sql: 'alter table `member_state` add column `hidden_at` bigint null' },
  { table: 'member_state', column: 'notify', sql: "alter table `member_state` add column `notify` text not null default 'all'" },
  { table: 'member_state', column: 'muted_until', sql: 'alter table `member_state` add column `muted_until` bigint null' },
  { table: 'member_state', column: 'visited_at', sql: 'alter table `member_state` add column `visited_at` bigint null' },
  { table: 'member_state', column: 'granted_version', sql: 'alter table `member_state` add column `granted_version` integer null' },
  { table: 'member_state', column: 'draft', sql: 'alter table `member_state` add column `draft` text null' },
  { table: 'member_state', column: 'draft_at', sql: 'alter table `member_state` add column `draft_at` bigint null' },
  { table: 'message', column: 'reply_to_id', sql: 'alter table `message` add column `reply_to_id` blob null' },
  { table: 'message', column: 'digest', sql: 'alter table `message` add column `digest` blob null' },
  { table: 'message', column: 'deleted_by', sql: 'alter table `message` add column `deleted_by` blob null' },
];

const statements = [
  'create unique index if not exists `conversation_name_key_unique` on `conversation` (`name_key`)',
  'create index if not exists `message_by_time` on `message` (`conversation_id`, `created_at`, `author_id`)',
  'create table if not exists `revision` (`message_id` blob not null, `version` integer not null, `text` text not null, `written_at` bigint not null, primary key (`message_id`, `version`))',
  'create table if not exists `hidden_message` (`user_id` blob not null, `message_id` blob not null, `conversation_id` blob not null, `hidden_at` bigint not null, primary key (`user_id`, `message_id`))',
  'create table if not exists `reaction` (`message_id` blob not null, `emoji` text not null, `user_id` blob not null, `created_at` bigint not null, primary key (`message_id`, `emoji`, `user_id`))',
  'create index if not exists `reaction_of_user` on `reaction` (`user_id`, `message_id`)',
  'create table if not exists `attachment` (`id` blob not null, `uploader_id` blob not null, `purpose` text not null, `message_id` blob null, `position` integer not null default 0, `type` text not null, `name` text not null, `size` bigint not null, `width` integer null, `height` integer null, `thumbnail_width` integer null, `thumbnail_height` integer null, `created_at` bigint not null, `removed_at` bigint null, primary key (`id`))',
  'create index if not exists `attachment_of_message` on `attachment` (`message_id`, `position`)',
  'create index if not exists `attachment_of_uploader` on `attachment` (`uploader_id`, `message_id`)',
  'create table if not exists `pin` (`conversation_id` blob not null, `message_id` blob not null, `pinned_by` blob not null, `pinned_at` bigint not null, primary key (`conversation_id`, `message_id`))',
  'create table if not exists `mention` (`user_id` blob not null, `message_id` blob not null, `conversation_id` blob not null, `seq` bigint not null, `at` bigint not null, primary key (`user_id`, `message_id`))',
  'create table if not exists `report` (`id` blob not null, `message_id` blob not null, `conversation_id` blob not null, `reporter_id` blob not null, `reason` text not null, `created_at` bigint not null, `resolved_at` bigint null, `resolved_by` blob null, primary key (`id`))',
  'create unique index if not exists `report_one_each` on `report` (`message_id`, `reporter_id`)',
  'create table if not exists `room_access` (`conversation_id` blob not null, `user_id` blob not null, `list` text not null, `added_by` blob not null, `added_at` bigint not null, primary key (`conversation_id`, `user_id`))',
  'create index if not exists `room_access_of_user` on `room_access` (`user_id`)',
  'create table if not exists `refusal` (`user_id` blob not null, `target_id` blob not null, `target` text not null, `created_at` bigint not null, primary key (`user_id`, `target_id`))',
  'create table if not exists `block` (`blocker_id` blob not null, `blocked_id` blob not null, `created_at` bigint not null, primary key (`blocker_id`, `blocked_id`))',
  'create index if not exists `block_against` on `block` (`blocked_id`)',
  'create table if not exists `follow` (`follower_id` blob not null, `followed_id` blob not null, `created_at` bigint not null, primary key (`follower_id`, `followed_id`))',
  'create index if not exists `follow_of` on `follow` (`followed_id`)',
  'create table if not exists `contact` (`user_id` blob not null, `other_id` blob not null, `state` text not null, `created_at` bigint not null, `answered_at` bigint null, primary key (`user_id`, `other_id`))',
  'create table if not exists `setting` (`name` text not null, `value` text not null, `updated_at` bigint not null, `updated_by` blob null, primary key (`name`))',
  'create table if not exists `audit` (`id` blob not null, `actor_id` blob null, `action` text not null, `target_id` blob null, `detail` text not null, `address` text not null, `at` bigint not null, primary key (`id`))',
  'create table if not exists `password_reset` (`token_hash` blob not null, `user_id` blob not null, `created_at` bigint not null, `expires_at` bigint not null, `used_at` bigint null, primary key (`token_hash`))',
  'create index if not exists `password_reset_of_user` on `password_reset` (`user_id`)',
  'create table if not exists `job` (`id` blob not null, `kind` text not null, `subject_id` blob null, `data` text not null, `run_after` bigint not null, `attempts` integer not null default 0, `created_at` bigint not null, primary key (`id`))',
  'create index if not exists `job_due` on `job` (`run_after`)',
  "create table if not exists `follower` (`name` text not null, `pos` bigint not null default '0', `holder` blob null, `lease_until` bigint not null default '0', primary key (`name`))",
  'create table if not exists `mail` (`id` blob not null, `user_id` blob null, `email` text not null, `kind` text not null, `conversation_id` blob null, `slot` bigint null, `state` text not null, `run_after` bigint not null, `attempts` integer not null default 0, `holder` blob null, `lease_until` bigint null, `data` text not null, `created_at` bigint not null, `sent_at` bigint null, `last_error` text null, primary key (`id`))',
  'create unique index if not exists `mail_one_per_slot` on `mail` (`user_id`, `conversation_id`, `kind`, `slot`)',
  'create index if not exists `mail_due` on `mail` (`state`, `run_after`)',
  "create table if not exists `mail_gate` (`name` text not null, `opens_at` bigint not null default '0', `holder` blob null, `lease_until` bigint not null default '0', primary key (`name`))",
  'create table if not exists `counter_day` (`conversation_id` blob not null, `day` integer not null, `author_id` blob not null, `messages` integer not null default 0, primary key (`conversation_id`, `day`, `author_id`))',
  'create table if not exists `counter_month` (`conversation_id` blob not null, `month` integer not null, `author_id` blob not null, `messages` integer not null default 0, primary key (`conversation_id`, `month`, `author_id`))',
  'create index if not exists `counter_month_of_author` on `counter_month` (`author_id`)',
  'create table if not exists `link_preview` (`url_hash` blob not null, `url` text not null, `state` text not null, `title` text not null, `description` text not null, `site` text not null, `image_id` blob null, `fetched_at` bigint not null, primary key (`url_hash`))',
  "insert or ignore into `mail_gate` (`name`) values ('mail')",
];
