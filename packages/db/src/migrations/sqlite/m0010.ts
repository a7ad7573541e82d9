import { Migration } from '@mikro-orm/migrations';

/** Who rules is found by an index and decided one after another; every person has a stream to lock. Every step can run again. */
export class M0010 extends Migration {
  override async up(): Promise<void> {
    this.addSql('create index if not exists `user_by_role` on `user` (`role`)');
    this.addSql("insert or ignore into `stream` (`id`) values (x'00000000000000000000000000000000')");
    this.addSql('insert or ignore into `stream` (`id`) select `id` from `user`');
  }
}
