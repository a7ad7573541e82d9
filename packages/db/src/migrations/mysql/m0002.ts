import { Migration } from '@mikro-orm/migrations';

/**
 * Everything beyond plain talk: rooms, edits, reactions, files, refusals, mail, counters by day.
 * Every step can run again: tables are made where they are missing, columns are added where the first of them is missing.
 */
export class M0002 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    for (const { table: name, column, sql } of columns) {
      const there = await this.execute(
        `select 1 from information_schema.columns where table_schema = database() and table_name = '${name}' and column_name = '${column}'`,
      );
      if (there.length === 0) this.addSql(sql);
    }
    for (const sql of statements) this.addSql(sql);
  }
}

const table = 'default character set utf8mb4 collate utf8mb4_bin engine = InnoDB';
const columns = [
  {
    table: 'user',
    column: 'avatar_id',
    sql: 'alter table `user` add column `avatar_id` binary(16) null, add column `suspended_at` bigint null, add column `receipts` smallint not null default 1, add column `mails` smallint not null default 1',
  },
  {
    table: 'conversation',
    column: 'name_key',
    sql: "alter table `conversation` add column `name_key` varchar(320) null, add column `access` varchar(10) null, add column `listed` smallint null, add column `password_hash` varchar(200) null, add column `password_version` int not null default 0, add column `add_policy` varchar(8) not null default 'owner', add column `closed_by` binary(16) null, add unique `conversation_name_key_unique` (`name_key`)",
  },
  {
    table: 'member_state',
    column: 'hidden_at',
    sql: "alter table `member_state` add column `hidden_at` bigint null, add column `notify` varchar(8) not null default 'all', add column `muted_until` bigint null, add column `visited_at` bigint null, add column `granted_version` int null, add column `draft` text null, add column `draft_at` bigint null",
  },
  {
    table: 'message',
    column: 'reply_to_id',
    sql: 'alter table `message` add column `reply_to_id` binary(16) null, add column `digest` binary(16) null, add column `deleted_by` binary(16) null, add index `message_by_time` (`conversation_id`, `created_at`, `author_id`)',
  },
];

const statements = [
  `create table if not exists \`revision\` (\`message_id\` binary(16) not null, \`version\` int unsigned not null, \`text\` text not null, \`written_at\` bigint not null, primary key (\`message_id\`, \`version\`)) ${table}`,
  `create table if not exists \`hidden_message\` (\`user_id\` binary(16) not null, \`message_id\` binary(16) not null, \`conversation_id\` binary(16) not null, \`hidden_at\` bigint not null, primary key (\`user_id\`, \`message_id\`)) ${table}`,
  `create table if not exists \`reaction\` (\`message_id\` binary(16) not null, \`emoji\` varchar(64) not null, \`user_id\` binary(16) not null, \`created_at\` bigint not null, primary key (\`message_id\`, \`emoji\`, \`user_id\`), index \`reaction_of_user\` (\`user_id\`, \`message_id\`)) ${table}`,
  `create table if not exists \`attachment\` (\`id\` binary(16) not null, \`uploader_id\` binary(16) not null, \`purpose\` varchar(8) not null, \`message_id\` binary(16) null, \`position\` smallint not null default 0, \`type\` varchar(40) not null, \`name\` varchar(255) not null, \`size\` bigint not null, \`width\` int null, \`height\` int null, \`thumbnail_width\` int null, \`thumbnail_height\` int null, \`created_at\` bigint not null, \`removed_at\` bigint null, primary key (\`id\`), index \`attachment_of_message\` (\`message_id\`, \`position\`), index \`attachment_of_uploader\` (\`uploader_id\`, \`message_id\`)) ${table}`,
  `create table if not exists \`pin\` (\`conversation_id\` binary(16) not null, \`message_id\` binary(16) not null, \`pinned_by\` binary(16) not null, \`pinned_at\` bigint not null, primary key (\`conversation_id\`, \`message_id\`)) ${table}`,
  `create table if not exists \`mention\` (\`user_id\` binary(16) not null, \`message_id\` binary(16) not null, \`conversation_id\` binary(16) not null, \`seq\` bigint not null, \`at\` bigint not null, primary key (\`user_id\`, \`message_id\`)) ${table}`,
  `create table if not exists \`report\` (\`id\` binary(16) not null, \`message_id\` binary(16) not null, \`conversation_id\` binary(16) not null, \`reporter_id\` binary(16) not null, \`reason\` varchar(1000) not null, \`created_at\` bigint not null, \`resolved_at\` bigint null, \`resolved_by\` binary(16) null, primary key (\`id\`), unique \`report_one_each\` (\`message_id\`, \`reporter_id\`)) ${table}`,
  `create table if not exists \`room_access\` (\`conversation_id\` binary(16) not null, \`user_id\` binary(16) not null, \`list\` varchar(5) not null, \`added_by\` binary(16) not null, \`added_at\` bigint not null, primary key (\`conversation_id\`, \`user_id\`), index \`room_access_of_user\` (\`user_id\`)) ${table}`,
  `create table if not exists \`refusal\` (\`user_id\` binary(16) not null, \`target_id\` binary(16) not null, \`target\` varchar(12) not null, \`created_at\` bigint not null, primary key (\`user_id\`, \`target_id\`)) ${table}`,
  `create table if not exists \`block\` (\`blocker_id\` binary(16) not null, \`blocked_id\` binary(16) not null, \`created_at\` bigint not null, primary key (\`blocker_id\`, \`blocked_id\`), index \`block_against\` (\`blocked_id\`)) ${table}`,
  `create table if not exists \`follow\` (\`follower_id\` binary(16) not null, \`followed_id\` binary(16) not null, \`created_at\` bigint not null, primary key (\`follower_id\`, \`followed_id\`), index \`follow_of\` (\`followed_id\`)) ${table}`,
  `create table if not exists \`contact\` (\`user_id\` binary(16) not null, \`other_id\` binary(16) not null, \`state\` varchar(8) not null, \`created_at\` bigint not null, \`answered_at\` bigint null, primary key (\`user_id\`, \`other_id\`)) ${table}`,
  `create table if not exists \`setting\` (\`name\` varchar(40) not null, \`value\` varchar(1000) not null, \`updated_at\` bigint not null, \`updated_by\` binary(16) null, primary key (\`name\`)) ${table}`,
  `create table if not exists \`audit\` (\`id\` binary(16) not null, \`actor_id\` binary(16) null, \`action\` varchar(40) not null, \`target_id\` binary(16) null, \`detail\` varchar(1000) not null, \`address\` varchar(64) not null, \`at\` bigint not null, primary key (\`id\`)) ${table}`,
  `create table if not exists \`password_reset\` (\`token_hash\` binary(32) not null, \`user_id\` binary(16) not null, \`created_at\` bigint not null, \`expires_at\` bigint not null, \`used_at\` bigint null, primary key (\`token_hash\`), index \`password_reset_of_user\` (\`user_id\`)) ${table}`,
  `create table if not exists \`job\` (\`id\` binary(16) not null, \`kind\` varchar(24) not null, \`subject_id\` binary(16) null, \`data\` varchar(1000) not null, \`run_after\` bigint not null, \`attempts\` int not null default 0, \`created_at\` bigint not null, primary key (\`id\`), index \`job_due\` (\`run_after\`)) ${table}`,
  `create table if not exists \`follower\` (\`name\` varchar(40) not null, \`pos\` bigint not null default '0', \`holder\` binary(16) null, \`lease_until\` bigint not null default '0', primary key (\`name\`)) ${table}`,
  `create table if not exists \`mail\` (\`id\` binary(16) not null, \`user_id\` binary(16) null, \`email\` varchar(254) not null, \`kind\` varchar(16) not null, \`conversation_id\` binary(16) null, \`slot\` bigint null, \`state\` varchar(10) not null, \`run_after\` bigint not null, \`attempts\` int not null default 0, \`holder\` binary(16) null, \`lease_until\` bigint null, \`data\` varchar(2000) not null, \`created_at\` bigint not null, \`sent_at\` bigint null, \`last_error\` varchar(500) null, primary key (\`id\`), unique \`mail_one_per_slot\` (\`user_id\`, \`conversation_id\`, \`kind\`, \`slot\`), index \`mail_due\` (\`state\`, \`run_after\`)) ${table}`,
  `create table if not exists \`mail_gate\` (\`name\` varchar(8) not null, \`opens_at\` bigint not null default '0', \`holder\` binary(16) null, \`lease_until\` bigint not null default '0', primary key (\`name\`)) ${table}`,
  `create table if not exists \`counter_day\` (\`conversation_id\` binary(16) not null, \`day\` int unsigned not null, \`author_id\` binary(16) not null, \`messages\` int not null default 0, primary key (\`conversation_id\`, \`day\`, \`author_id\`)) ${table}`,
  `create table if not exists \`counter_month\` (\`conversation_id\` binary(16) not null, \`month\` int unsigned not null, \`author_id\` binary(16) not null, \`messages\` int not null default 0, primary key (\`conversation_id\`, \`month\`, \`author_id\`), index \`counter_month_of_author\` (\`author_id\`)) ${table}`,
  `create table if not exists \`link_preview\` (\`url_hash\` binary(32) not null, \`url\` varchar(2048) not null, \`state\` varchar(8) not null, \`title\` varchar(300) not null, \`description\` varchar(500) not null, \`site\` varchar(120) not null, \`image_id\` binary(16) null, \`fetched_at\` bigint not null, primary key (\`url_hash\`)) ${table}`,
  "insert ignore into `mail_gate` (`name`) values ('mail')",
];
