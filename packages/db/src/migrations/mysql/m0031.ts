import { Migration } from '@mikro-orm/migrations';

/** Addresses at which other systems post into a chat, and addresses that hear of what happens there, with what they are to be told. Every step can run again. */
export class M0031 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const rest = 'default character set utf8mb4 collate utf8mb4_bin engine = InnoDB';
const statements = [
  `create table if not exists \`hook\` (\`id\` binary(16) not null, \`conversation_id\` binary(16) not null, \`bot_id\` binary(16) not null, \`made_by\` binary(16) not null, \`token_hash\` binary(32) not null, \`created_at\` bigint not null, primary key (\`id\`), index \`hook_of_conversation\` (\`conversation_id\`), unique \`hook_bot_id_unique\` (\`bot_id\`), unique \`hook_token_hash_unique\` (\`token_hash\`)) ${rest}`,
  `create table if not exists \`webhook\` (\`id\` binary(16) not null, \`conversation_id\` binary(16) not null, \`url\` varchar(2048) not null, \`events\` varchar(300) not null, \`made_by\` binary(16) not null, \`since_seq\` bigint not null, \`created_at\` bigint not null, \`failing_since\` bigint null, \`disabled_at\` bigint null, \`disabled_reason\` varchar(12) null, primary key (\`id\`), index \`webhook_of_conversation\` (\`conversation_id\`)) ${rest}`,
  `create table if not exists \`webhook_delivery\` (\`id\` binary(16) not null, \`webhook_id\` binary(16) not null, \`event\` varchar(24) not null, \`seq\` bigint not null, \`state\` varchar(8) not null, \`status\` smallint null, \`error\` varchar(200) null, \`attempts\` int not null default 0, \`run_after\` bigint null, \`created_at\` bigint not null, primary key (\`id\`), index \`webhook_delivery_due\` (\`run_after\`), index \`webhook_delivery_of_webhook\` (\`webhook_id\`, \`id\`), index \`webhook_delivery_by_time\` (\`created_at\`)) ${rest}`,
];
