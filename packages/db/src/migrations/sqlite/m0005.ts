import { Migration } from '@mikro-orm/migrations';

/** What the files of each person take, and the ways to those that must go. Every step can run again. */
export class M0005 extends Migration {
  override async up(): Promise<void> {
    const there = await this.execute("select 1 from pragma_table_info('attachment') where name = 'thumbnail_size'");
    if (there.length === 0) this.addSql('alter table `attachment` add column `thumbnail_size` integer null');
    for (const sql of statements) this.addSql(sql);
  }
}

const statements = [
  'create index if not exists `attachment_unsent` on `attachment` (`message_id`, `purpose`, `created_at`)',
  'create index if not exists `attachment_removed` on `attachment` (`removed_at`)',
  'create table if not exists `storage_use` (`owner_id` blob not null, `bytes` bigint not null, primary key (`owner_id`))',
  // A stream without events: its row is the lock under which the whole instance's use is counted.
  "insert or ignore into `stream` (`id`) values (x'00000000000000000000000000000001')",
];
