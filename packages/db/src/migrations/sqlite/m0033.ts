import { Migration } from '@mikro-orm/migrations';

/** What people tell the moderators of other people. Every step can run again. */
export class M0033 extends Migration {
  override up(): void {
    this.addSql(
      'create table if not exists `person_report` (`id` blob not null primary key, `user_id` blob not null, `reporter_id` blob not null, `reason` text not null, `created_at` bigint not null, `resolved_at` bigint null, `resolved_by` blob null)',
    );
    this.addSql('create unique index if not exists `person_report_one_each` on `person_report` (`user_id`, `reporter_id`)');
  }
}
