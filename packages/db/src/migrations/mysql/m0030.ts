import { Migration } from '@mikro-orm/migrations';

/**
 * Accounts that programs write under, each with the person who answers for it, and their tokens among the sessions. Every step can run
 * again: columns are added where the first of them is missing, together with their index.
 */
export class M0030 extends Migration {
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
  }
}

const columns = [
  {
    table: 'user',
    column: 'bot',
    sql: 'alter table `user` add column `bot` smallint not null default 0, add column `owner_id` binary(16) null, add index `user_by_owner` (`owner_id`)',
  },
  {
    table: 'session',
    column: 'owner_id',
    sql: 'alter table `session` add column `owner_id` binary(16) null, add column `scopes` varchar(40) null, add column `label` varchar(320) null, add column `expires_at` bigint null, add index `session_by_owner` (`owner_id`)',
  },
];
