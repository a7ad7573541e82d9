import { Migration } from '@mikro-orm/migrations';

/** What people tell the moderators of other people. Every step can run again. */
export class M0033 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    this.addSql(
      'create table if not exists `person_report` (`id` binary(16) not null, `user_id` binary(16) not null, `reporter_id` binary(16) not null, `reason` varchar(1000) not null, `created_at` bigint not null, `resolved_at` bigint null, `resolved_by` binary(16) null, primary key (`id`), unique `person_report_one_each` (`user_id`, `reporter_id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    );
  }
}
