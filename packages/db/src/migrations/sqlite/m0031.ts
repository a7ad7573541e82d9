import { Migration } from '@mikro-orm/migrations';

/** Addresses at which other systems post into a chat, and addresses that hear of what happens there, with what they are to be told. Every step can run again. */
export class M0031 extends Migration {
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const statements = [
  'create table if not exists `hook` (`id` blob not null, `conversation_id` blob not null, `bot_id` blob not null, `made_by` blob not null, `token_hash` blob not null, `created_at` bigint not null, primary key (`id`))',
  'create index if not exists `hook_of_conversation` on `hook` (`conversation_id`)',
  'create unique index if not exists `hook_bot_id_unique` on `hook` (`bot_id`)',
  'create unique index if not exists `hook_token_hash_unique` on `hook` (`token_hash`)',
  'create table if not exists `webhook` (`id` blob not null, `conversation_id` blob not null, `url` text not null, `events` text not null, `made_by` blob not null, `since_seq` bigint not null, `created_at` bigint not null, `failing_since` bigint null, `disabled_at` bigint null, `disabled_reason` text null, primary key (`id`))',
  'create index if not exists `webhook_of_conversation` on `webhook` (`conversation_id`)',
  'create table if not exists `webhook_delivery` (`id` blob not null, `webhook_id` blob not null, `event` text not null, `seq` bigint not null, `state` text not null, `status` integer null, `error` text null, `attempts` integer not null default 0, `run_after` bigint null, `created_at` bigint not null, primary key (`id`))',
  'create index if not exists `webhook_delivery_due` on `webhook_delivery` (`run_after`)',
  'create index if not exists `webhook_delivery_of_webhook` on `webhook_delivery` (`webhook_id`, `id`)',
  'create index if not exists `webhook_delivery_by_time` on `webhook_delivery` (`created_at`)',
];
