import { Migration } from '@mikro-orm/migrations';
import { namesOf } from '../names.ts';

/** Usernames that are taken for ever, the words of the list of people, and indexes for what deleting an account looks for. */
export class M0015 extends Migration {
  override async up(): Promise<void> {
    for (const sql of statements) this.addSql(sql);
    const known = await this.execute("select 1 from sqlite_master where name = 'user'");
    const people = known.length === 0 ? [] : await this.execute('select id, username, name from `user` where deleted_at is null');
    for (const { id, handle, words } of people.map(namesOf)) {
      this.addSql(`insert or ignore into \`handle\` (\`skeleton_hash\`, \`user_id\`) values (x'${handle}', x'${id}')`);
      for (const word of words) this.addSql(`insert or ignore into \`user_word\` (\`user_id\`, \`word\`) values (x'${id}', '${word}')`);
    }
  }
}

const statements = [
  'create table if not exists `handle` (`skeleton_hash` blob not null primary key, `user_id` blob null)',
  'create index if not exists `handle_of_user` on `handle` (`user_id`)',
  'create table if not exists `user_word` (`user_id` blob not null, `word` text not null, primary key (`user_id`, `word`))',
  'create index if not exists `user_by_word` on `user_word` (`word`, `user_id`)',
  'create index if not exists `refusal_against` on `refusal` (`target_id`)',
];
