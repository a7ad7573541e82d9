import { Migration } from '@mikro-orm/migrations';

/**
 * The search index: a row per conversation, word and message, and what each message said when it was indexed. Filled by a follower
 * of the log from its very beginning, so a database that was in use is found complete some time after its next start.
 */
export class M0003 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const table = 'default character set utf8mb4 collate utf8mb4_bin engine = InnoDB';
const statements = [
  `create table if not exists \`search_document\` (\`conversation_id\` binary(16) not null, \`seq\` bigint unsigned not null, \`doc\` bigint unsigned not null, \`words\` mediumtext not null, primary key (\`conversation_id\`, \`seq\`), unique \`search_document_doc\` (\`doc\`)) ${table}`,
  `create table if not exists \`search_word\` (\`conversation_id\` binary(16) not null, \`word\` varchar(40) not null, \`doc\` bigint unsigned not null, \`seq\` bigint unsigned not null, primary key (\`conversation_id\`, \`word\`, \`doc\`)) ${table}`,
];
