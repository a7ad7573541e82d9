import { Migration } from '@mikro-orm/migrations';

/**
 * Who counts a whole instance asks by time alone: the ends of a range would otherwise be looked for in every message there is.
 * Every step can run again.
 */
export class M0023 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    for (const { table, index, column } of indexes) {
      const there = await this.execute(
        `select 1 from information_schema.statistics where table_schema = database() and table_name = '${table}' and index_name = '${index}'`,
      );
      if (there.length === 0) this.addSql(`alter table \`${table}\` add index \`${index}\` (\`${column}\`)`);
    }
  }
}

const indexes = [
  { table: 'message', index: 'message_by_instant', column: 'created_at' },
  { table: 'counter', index: 'counter_by_bucket', column: 'bucket' },
  { table: 'counter_day', index: 'counter_by_day', column: 'day' },
];
