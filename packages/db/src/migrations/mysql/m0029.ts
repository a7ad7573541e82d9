import { Migration } from '@mikro-orm/migrations';

/**
 * Counters of five days, between days and 30-day periods: a range reads at most four days and five of these at each end instead of 29
 * days. What was counted by day already is added up here. Nothing may write while this runs: an older process would not count them.
 * Every step can run again.
 */
export class M0029 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const statements = [
  'create table if not exists `counter_pentad` (`conversation_id` binary(16) not null, `pentad` int unsigned not null, `author_id` binary(16) not null, `messages` int not null default 0, primary key (`conversation_id`, `pentad`, `author_id`), index `counter_by_pentad` (`pentad`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
  'insert into `counter_pentad` (`conversation_id`, `pentad`, `author_id`, `messages`) select * from (select `conversation_id`, `day` div 5 as `pentad`, `author_id`, sum(`messages`) as `counted` from `counter_day` group by 1, 2, 3) as `days` on duplicate key update `messages` = `counted`',
];
