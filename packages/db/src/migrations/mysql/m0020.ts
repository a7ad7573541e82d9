import { Migration } from '@mikro-orm/migrations';

/**
 * Whom a message names stands in its row, and is found by person, by time and by message; pins are found by message; rooms that show
 * only what was said since one joined; chats marked as unread by hand; invitations made before end by themselves too. Every step can run again.
 */
export class M0020 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    for (const { table, column, sql } of columns) {
      const there = await this.execute(
        `select 1 from information_schema.columns where table_schema = database() and table_name = '${table}' and column_name = '${column}'`,
      );
      if (there.length === 0) this.addSql(sql);
    }
    for (const { table, index, sql } of indexes) {
      const there = await this.execute(
        `select 1 from information_schema.statistics where table_schema = database() and table_name = '${table}' and index_name = '${index}'`,
      );
      if (there.length === 0) this.addSql(sql);
    }
    this.addSql(
      "insert ignore into `job` (`id`, `kind`, `subject_id`, `data`, `run_after`, `attempts`, `created_at`) select `id`, 'invitation.expire', `id`, 'null', `expires_at`, 0, `created_at` from `invitation` where `open` = 1 and `conversation_id` is not null",
    );
  }
}

const columns = [
  { table: 'message', column: 'mentions', sql: 'alter table `message` add column `mentions` text null' },
  { table: 'conversation', column: 'history', sql: "alter table `conversation` add column `history` varchar(8) not null default 'all'" },
  { table: 'member_state', column: 'unread_seq', sql: 'alter table `member_state` add column `unread_seq` bigint null' },
  { table: 'member_state', column: 'unread_at', sql: 'alter table `member_state` add column `unread_at` bigint null' },
];
const indexes = [
  { table: 'mention', index: 'mention_of_message', sql: 'alter table `mention` add index `mention_of_message` (`message_id`)' },
  { table: 'mention', index: 'mention_by_time', sql: 'alter table `mention` add index `mention_by_time` (`user_id`, `at`, `message_id`)' },
  {
    table: 'mention',
    index: 'mention_unread',
    sql: 'alter table `mention` add index `mention_unread` (`user_id`, `conversation_id`, `seq`)',
  },
  { table: 'pin', index: 'pin_of_message', sql: 'alter table `pin` add index `pin_of_message` (`message_id`)' },
];
