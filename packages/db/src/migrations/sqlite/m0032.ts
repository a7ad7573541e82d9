import { Migration } from '@mikro-orm/migrations';

/** What a file shows, in words, for those who do not see it. Every step can run again. */
export class M0032 extends Migration {
  override async up(): Promise<void> {
    const there = await this.execute("select 1 from pragma_table_info('attachment') where name = 'description'");
    if (there.length === 0) this.addSql('alter table `attachment` add column `description` text null');
  }
}
