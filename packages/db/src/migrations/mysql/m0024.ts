import { Migration } from '@mikro-orm/migrations';

/** Browsers that are told of messages, and what they are to be told next. Every step can run again. */
export class M0024 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const rest = 'default character set utf8mb4 collate utf8mb4_bin engine = InnoDB';
const statements = [
  `create table if not exists \`push_subscription\` (\`id\` binary(16) not null, \`user_id\` binary(16) not null, \`session_id\` binary(16) not null, \`endpoint\` varchar(1000) not null, \`p256dh\` varchar(87) not null, \`auth\` varchar(22) not null, \`language\` varchar(8) not null, \`created_at\` bigint not null, primary key (\`id\`), index \`push_subscription_of_user\` (\`user_id\`), index \`push_subscription_of_session\` (\`session_id\`)) ${rest}`,
  `create table if not exists \`push_delivery\` (\`subscription_id\` binary(16) not null, \`conversation_id\` binary(16) not null, \`user_id\` binary(16) not null, \`from_seq\` bigint not null, \`to_seq\` bigint not null, \`run_after\` bigint not null, \`attempts\` int not null default 0, primary key (\`subscription_id\`, \`conversation_id\`), index \`push_delivery_due\` (\`run_after\`)) ${rest}`,
];
