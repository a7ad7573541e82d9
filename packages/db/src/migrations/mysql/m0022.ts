import { Migration } from '@mikro-orm/migrations';

/** Who came in and who was refused at the door. Every step can run again. */
export class M0022 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    this.addSql(
      'create table if not exists `sign_in` (`id` binary(16) not null, `user_id` binary(16) null, `outcome` varchar(20) not null, `address` varchar(64) not null, `device` varchar(300) not null, `at` bigint not null, primary key (`id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    );
  }
}
