import { Migration } from '@mikro-orm/migrations';

/** Which life of this database it is (a restore begins another), and where its contents went when they were moved. Every step can run again. */
export class M0025 extends Migration {
  override async up(): Promise<void> {
    for (const { column, sql } of columns) {
      const there = await this.execute(`select 1 from pragma_table_info('instance') where name = '${column}'`);
      if (there.length === 0) this.addSql(sql);
    }
  }
}

const columns = [
  { column: 'epoch', sql: "alter table `instance` add column `epoch` bigint not null default '0'" },
  { column: 'moved_to', sql: 'alter table `instance` add column `moved_to` text null' },
  { column: 'moved_at', sql: 'alter table `instance` add column `moved_at` bigint null' },
];
