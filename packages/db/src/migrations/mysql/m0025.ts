import { Migration } from '@mikro-orm/migrations';

/** Which life of this database it is (a restore begins another), and where its contents went when they were moved. Every step can run again. */
export class M0025 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    const there = await this.execute(
      "select 1 from information_schema.columns where table_schema = database() and table_name = 'instance' and column_name = 'epoch'",
    );
    if (there.length === 0)
      this.addSql(
        "alter table `instance` add column `epoch` bigint not null default '0', add column `moved_to` varchar(300) null, add column `moved_at` bigint null",
      );
  }
}
