import { Migration } from '@mikro-orm/migrations';

/**
 * The search index: FTS5 without a copy of the texts, and which message each of its rows is. Filled by a follower of the log from
 * its very beginning, so a database that was in use is found complete some time after its next start.
 * The tokenizer only splits at spaces: words come folded, the same for every database.
 */
export class M0003 extends Migration {
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const statements = [
  'create table if not exists `search_document` (`doc` integer not null primary key, `conversation_id` blob not null, `seq` bigint not null)',
  'create unique index if not exists `search_document_place` on `search_document` (`conversation_id`, `seq`)',
  "create virtual table if not exists `message_fts` using fts5(words, content = '', contentless_delete = 1, tokenize = \"ascii tokenchars '@!'\")",
];
