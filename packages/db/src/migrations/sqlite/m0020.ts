import { Migration } from '@mikro-orm/migrations';

/**
 * Whom a message names stands in its row, and is found by person, by time and by message; pins are found by message; rooms that show
 * only what was said since one joined; chats marked as unread by hand; invitations made before end by themselves too. Every step can run again.
 */
export class M0020 extends Migration {
  override async up(): Promise<void> {
    for (const { table, column, sql } of columns) {
      const there = await this.execute(`select 1 from pragma_table_info('${table}') where name = '${column}'`);
      if (there.length === 0) this.addSql(sql);
    }
    for (const sql of statements) this.addSql(sql);
  }
}

const columns = [
  { table: 'message', column: 'mentions', sql: 'alter table `message` add column `mentions` text null' },
  { table: 'conversation', column: 'history', sql: "alter table `conversation` add column `history` text not null default 'all'" },
  { table: 'member_state', column: 'unread_seq', sql: 'alter table `member_state` add column `unread_seq` bigint null' },
  { table: 'member_state', column: 'unread_at', sql: 'alter table `member_state` add column `unread_at` bigint null' },
];

const statements = [
  'create index if not exists `mention_of_message` on `mention` (`message_id`)',
  'create index if not exists `mention_by_time` on `mention` (`user_id`, `at`, `message_id`)',
  'create index if not exists `mention_unread` on `mention` (`user_id`, `conversation_id`, `seq`)',
  'create index if not exists `pin_of_message` on `pin` (`message_id`)',
  "insert or ignore into `job` (`id`, `kind`, `subject_id`, `data`, `run_after`, `attempts`, `created_at`) select `id`, 'invitation.expire', `id`, 'null', `expires_at`, 0, `created_at` from `invitation` where `open` = 1 and `conversation_id` is not null",
];
