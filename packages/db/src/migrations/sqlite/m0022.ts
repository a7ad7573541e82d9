import { Migration } from '@mikro-orm/migrations';

/** Who came in and who was refused at the door. Every step can run again. */
export class M0022 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      'create table if not exists `sign_in` (`id` blob not null, `user_id` blob null, `outcome` text not null, `address` text not null, `device` text not null, `at` bigint not null, primary key (`id`))',
    );
  }
}
