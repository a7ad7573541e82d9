import { Migration } from '@mikro-orm/migrations';

/** Accounts that programs write under, each with the person who answers for it, and their tokens among the sessions. Every step can run again. */
export class M0030 extends Migration {
  override async up(): Promise<void> {
    for (const { table, column, sql } of columns) {
      const there = await this.execute(`select 1 from pragma_table_info('${table}') where name = '${column}'`);
      if (there.length === 0) this.addSql(sql);
    }
    for (const sql of statements) this.addSql(sql);
  }
}

const columns = [
  { table: 'user', column: 'bot', sql: 'alter table `user` add column `bot` integer not null default 0' },
  { table: 'user', column: 'owner_id', sql: 'alter table `user` add column `owner_id` blob null' },
  { table: 'session', column: 'owner_id', sql: 'alter table `session` add column `owner_id` blob null' },
  { table: 'session', column: 'scopes', sql: 'alter table `session` add column `scopes` text null' },
  { table: 'session', column: 'label', sql: 'alter table `session` add column `label` text null' },
  { table: 'session', column: 'expires_at', sql: 'alter table `session` add column `expires_at` bigint null' },
];

const statements = [
  'create index if not exists `user_by_owner` on `user` (`owner_id`)',
  'create index if not exists `session_by_owner` on `session` (`owner_id`)',
];
