import { Migration } from '@mikro-orm/migrations';

/** Addresses that were invited: when the last letter was due there, and which of them want none; pictures of linked pages. Every step can run again. */
export class M0021 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      'create table if not exists `invited_address` (`id` blob not null primary key, `mailed_at` bigint null, `refused_at` bigint null)',
    );
    this.addSql(
      'create table if not exists `preview_image` (`id` blob not null primary key, `width` integer not null, `height` integer not null, `size` integer not null)',
    );
  }
}
