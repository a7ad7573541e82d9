import { Migration } from '@mikro-orm/migrations';

/**
 * Counters of five days, between days and 30-day periods: a range reads at most four days and five of these at each end instead of 29
 * days. What was counted by day already is added up here. Nothing may write while this runs: an older process would not count them.
 */
export class M0029 extends Migration {
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const statements = [
  'create table if not exists `counter_pentad` (`conversation_id` blob not null, `pentad` integer not null, `author_id` blob not null, `messages` integer not null default 0, primary key (`conversation_id`, `pentad`, `author_id`))',
  'create index if not exists `counter_by_pentad` on `counter_pentad` (`pentad`)',
  'insert into `counter_pentad` (`conversation_id`, `pentad`, `author_id`, `messages`) select `conversation_id`, `day` / 5, `author_id`, sum(`messages`) from `counter_day` group by 1, 2, 3 order by 1, 2, 3',
];
