import { Migration } from '@mikro-orm/migrations';

/** Who counts a whole instance asks by time alone: the ends of a range would otherwise be looked for in every message there is. */
export class M0023 extends Migration {
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const statements = [
  'create index if not exists `message_by_instant` on `message` (`created_at`)',
  'create index if not exists `counter_by_bucket` on `counter` (`bucket`)',
  'create index if not exists `counter_by_day` on `counter_day` (`day`)',
];
