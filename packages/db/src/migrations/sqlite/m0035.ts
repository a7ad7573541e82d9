import { Migration } from '@mikro-orm/migrations';

/**
 * What a stream has beyond a place in the log is found from its head downwards by `seq`. The index by `pos` was a page to write with each
 * event, and nobody asks it any more.
 */
export class M0035 extends Migration {
  override up(): void {
    this.addSql('drop index if exists `event_stream_pos`');
  }
}
