import { Migration } from '@mikro-orm/migrations';

/** How many follow each room, counted from the stays there are. Every step can run again: what was counted before is counted anew. */
export class M0034 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    this.addSql(
      'create table if not exists `room_count` (`conversation_id` binary(16) not null, `followers` int not null, primary key (`conversation_id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    );
    this.addSql(
      "insert into `room_count` (`conversation_id`, `followers`) select c.`id`, count(s.`user_id`) from `conversation` as c left join `span` as s on s.`conversation_id` = c.`id` and s.`open` = 1 where c.`kind` = 'room' group by c.`id` on duplicate key update `followers` = values(`followers`)",
    );
  }
}
