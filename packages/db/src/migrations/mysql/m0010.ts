import { Migration } from '@mikro-orm/migrations';

/** Who rules is found by an index and decided one after another; every person has a stream to lock. Every step can run again. */
export class M0010 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    const there = await this.execute(
      "select 1 from information_schema.statistics where table_schema = database() and table_name = 'user' and index_name = 'user_by_role'",
    );
    if (there.length === 0) this.addSql('alter table `user` add index `user_by_role` (`role`)');
    this.addSql('insert ignore into `stream` (`id`) values (0x00000000000000000000000000000000)');
    this.addSql('insert ignore into `stream` (`id`) select `id` from `user`');
  }
}
