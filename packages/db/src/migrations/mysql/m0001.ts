import { Migration } from '@mikro-orm/migrations';

/**
 * Every statement can run again, so that a migration killed half-way resumes at the next start (DDL commits by itself here).
 * `message` and `event` are clustered by their place in the stream: with `primary key (id)` the optimiser walks whole
 * conversations once newer ones lie above them. `utf8mb4_bin` keeps ā and a, A and a apart in every key (E3).
 */
export class M0001 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const table = 'default character set utf8mb4 collate utf8mb4_bin engine = InnoDB';
const statements = [
  `create table if not exists \`user\` (\`id\` binary(16) not null, \`username\` varchar(64) not null, \`email\` varchar(254) null, \`name\` varchar(160) not null, \`bio\` varchar(1000) not null default '', \`role\` varchar(16) not null default 'user', \`founder\` smallint null, \`password_hash\` varchar(200) not null, \`created_at\` bigint not null, \`deleted_at\` bigint null, primary key (\`id\`), unique \`user_username_unique\` (\`username\`), unique \`user_founder_unique\` (\`founder\`), unique \`user_email_unique\` (\`email\`)) ${table}`,
  `create table if not exists \`session\` (\`id\` binary(16) not null, \`token_hash\` binary(32) not null, \`user_id\` binary(16) not null, \`created_at\` bigint not null, \`last_seen_at\` bigint not null, \`user_agent\` varchar(300) not null, \`revoked_at\` bigint null, primary key (\`id\`), unique \`session_token_hash_unique\` (\`token_hash\`), index \`session_user_id_index\` (\`user_id\`)) ${table}`,
  `create table if not exists \`conversation\` (\`id\` binary(16) not null, \`kind\` varchar(8) not null, \`name\` varchar(320) null, \`owner_id\` binary(16) null, \`direct_key\` binary(32) null, \`created_at\` bigint not null, \`closed_at\` bigint null, primary key (\`id\`), unique \`conversation_direct_key_unique\` (\`direct_key\`)) ${table}`,
  `create table if not exists \`span\` (\`conversation_id\` binary(16) not null, \`user_id\` binary(16) not null, \`from_seq\` bigint unsigned not null, \`to_seq\` bigint null, \`open\` smallint null, \`role\` varchar(8) not null, \`added_by\` binary(16) null, \`joined_at\` bigint not null, \`end_reason\` varchar(8) null, primary key (\`conversation_id\`, \`user_id\`, \`from_seq\`), unique \`span_one_open\` (\`conversation_id\`, \`user_id\`, \`open\`), index \`span_of_user\` (\`user_id\`, \`open\`)) ${table}`,
  `create table if not exists \`member_state\` (\`user_id\` binary(16) not null, \`conversation_id\` binary(16) not null, \`last_read_seq\` bigint not null default '0', \`cleared_seq\` bigint not null default '0', primary key (\`user_id\`, \`conversation_id\`)) ${table}`,
  `create table if not exists \`invitation\` (\`id\` binary(16) not null, \`conversation_id\` binary(16) null, \`inviter_id\` binary(16) not null, \`email\` varchar(254) not null, \`created_at\` bigint not null, \`expires_at\` bigint not null, \`open\` smallint null, \`accepted_by\` binary(16) null, primary key (\`id\`), unique \`invitation_one_open\` (\`conversation_id\`, \`email\`, \`open\`), index \`invitation_of_inviter\` (\`inviter_id\`, \`open\`)) ${table}`,
  `create table if not exists \`stream\` (\`id\` binary(16) not null, \`seq\` bigint not null default '0', \`pos\` bigint not null default '0', \`floor_seq\` bigint not null default '0', \`epoch\` bigint not null default '0', primary key (\`id\`)) ${table}`,
  `create table if not exists \`log_head\` (\`id\` int unsigned not null auto_increment primary key, \`pos\` bigint not null default '0') ${table}`,
  'insert ignore into `log_head` (`id`, `pos`) values (1, 0)',
  `create table if not exists \`event\` (\`pos\` bigint unsigned not null, \`stream_id\` binary(16) not null, \`seq\` bigint not null, \`type\` varchar(24) not null, \`actor_id\` binary(16) null, \`subject_id\` binary(16) null, \`number\` bigint null, \`at\` bigint not null, primary key (\`stream_id\`, \`seq\`), unique \`event_pos\` (\`pos\`), index \`event_stream_pos\` (\`stream_id\`, \`pos\`)) ${table}`,
  `create table if not exists \`message\` (\`id\` binary(16) not null, \`conversation_id\` binary(16) not null, \`seq\` bigint not null, \`author_id\` binary(16) not null, \`text\` text null, \`version\` int not null default 1, \`created_at\` bigint not null, \`updated_at\` bigint not null, \`edited_at\` bigint null, \`deleted_at\` bigint null, primary key (\`conversation_id\`, \`seq\`), unique \`message_id\` (\`id\`)) ${table}`,
  `create table if not exists \`counter\` (\`conversation_id\` binary(16) not null, \`bucket\` int unsigned not null, \`author_id\` binary(16) not null, \`messages\` int not null default 0, primary key (\`conversation_id\`, \`bucket\`, \`author_id\`)) ${table}`,
  `create table if not exists \`instance\` (\`id\` int unsigned not null auto_increment primary key, \`secret\` binary(16) not null, \`created_at\` bigint not null) ${table}`,
  'insert ignore into `instance` (`id`, `secret`, `created_at`) values (1, random_bytes(16), unix_timestamp() * 1000)',
];
