import { Migration } from '@mikro-orm/migrations';

/** What the files of each person take, and the ways to those that must go. Every step can run again. */
export class M0005 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    const there = await this.execute(
      "select 1 from information_schema.columns where table_schema = database() and table_name = 'attachment' and column_name = 'thumbnail_size'",
    );
    if (there.length === 0) this.addSql(columns);
    for (const sql of statements) this.addSql(sql);
  }
}

const columns =
  'alter table `attachment` add column `thumbnail_size` int null, add index `attachment_unsent` (`message_id`, `purpose`, `created_at`), add index `attachment_removed` (`removed_at`)';

const statements = [
  'create table if not exists `storage_use` (`owner_id` binary(16) not null, `bytes` bigint not null, primary key (`owner_id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
  // A stream without events: its row is the lock under which the whole instance's use is counted.
  "insert ignore into `stream` (`id`) values (x'00000000000000000000000000000001')",
];
