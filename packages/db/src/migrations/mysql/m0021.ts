import { Migration } from '@mikro-orm/migrations';

/** Addresses that were invited: when the last letter was due there, and which of them want none; pictures of linked pages. Every step can run again. */
export class M0021 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    this.addSql(
      'create table if not exists `invited_address` (`id` binary(16) not null, `mailed_at` bigint null, `refused_at` bigint null, primary key (`id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    );
    this.addSql(
      'create table if not exists `preview_image` (`id` binary(16) not null, `width` int not null, `height` int not null, `size` int not null, primary key (`id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    );
  }
}
