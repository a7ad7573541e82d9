import { Migration } from '@mikro-orm/migrations';

/**
 * What a stream has beyond a place in the log is found from its head downwards by `seq`. The index by `pos` was written with each event, and
 * nobody asks it any more; a server of the version before, while it still runs, reads what its clients missed more slowly.
 */
export class M0035 extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override async up(): Promise<void> {
    const there = await this.execute(
      "select 1 from information_schema.statistics where table_schema = database() and table_name = 'event' and index_name = 'event_stream_pos'",
    );
    if (there.length > 0) this.addSql('alter table `event` drop index `event_stream_pos`');
  }
}
