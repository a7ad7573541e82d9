import { Migration } from '@mikro-orm/migrations';

/** What a file shows, in words, for those who do not see it. Every step can run again. */
export class M0032 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    const there = await this.execute(
      "select 1 from information_schema.columns where table_schema = database() and table_name = 'attachment' and column_name = 'description'",
    );
    if (there.length === 0) this.addSql('alter table `attachment` add column `description` varchar(1000) null');
  }
}
