import { Migration } from '@mikro-orm/migrations';
import { namesOf } from '../names.ts';

/** Usernames that are taken for ever, the words of the list of people, and indexes for what deleting an account looks for. */
export class M0015 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    for (const sql of statements) this.addSql(sql);
    for (const { table: name, index, sql } of indexes) {
      const there = await this.execute(
        `select 1 from information_schema.statistics where table_schema = database() and table_name = '${name}' and index_name = '${index}'`,
      );
      if (there.length === 0) this.addSql(sql);
    }
    const known = await this.execute("select 1 from information_schema.tables where table_schema = database() and table_name = 'user'");
    const people = known.length === 0 ? [] : await this.execute('select id, username, name from `user` where deleted_at is null');
    for (const { id, handle, words } of people.map(namesOf)) {
      this.addSql(`insert ignore into \`handle\` (\`skeleton_hash\`, \`user_id\`) values (0x${handle}, 0x${id})`);
      for (const word of words) this.addSql(`insert ignore into \`user_word\` (\`user_id\`, \`word\`) values (0x${id}, '${word}')`);
    }
  }
}

const table = 'default character set utf8mb4 collate utf8mb4_bin engine = InnoDB';
const statements = [
  `create table if not exists \`handle\` (\`skeleton_hash\` binary(32) not null, \`user_id\` binary(16) null, primary key (\`skeleton_hash\`), index \`handle_of_user\` (\`user_id\`)) ${table}`,
  `create table if not exists \`user_word\` (\`user_id\` binary(16) not null, \`word\` varchar(80) not null, primary key (\`user_id\`, \`word\`), index \`user_by_word\` (\`word\`, \`user_id\`)) ${table}`,
];
const indexes = [{ table: 'refusal', index: 'refusal_against', sql: 'alter table `refusal` add index `refusal_against` (`target_id`)' }];
