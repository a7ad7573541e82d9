import { Migration } from '@mikro-orm/migrations';

/** Browsers that are told of messages, and what they are to be told next. Every step can run again. */
export class M0024 extends Migration {
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const statements = [
  'create table if not exists `push_subscription` (`id` blob not null, `user_id` blob not null, `session_id` blob not null, `endpoint` text not null, `p256dh` text not null, `auth` text not null, `language` text not null, `created_at` bigint not null, primary key (`id`))',
  'create index if not exists `push_subscription_of_user` on `push_subscription` (`user_id`)',
  'create index if not exists `push_subscription_of_session` on `push_subscription` (`session_id`)',
  'create table if not exists `push_delivery` (`subscription_id` blob not null, `conversation_id` blob not null, `user_id` blob not null, `from_seq` bigint not null, `to_seq` bigint not null, `run_after` bigint not null, `attempts` integer not null default 0, primary key (`subscription_id`, `conversation_id`))',
  'create index if not exists `push_delivery_due` on `push_delivery` (`run_after`)',
];
