import type { StreamEvent } from '@koreromai/contract';
import { bytesOf, idOf, type Reader } from '@koreromai/db';
import { MysqlAdapter } from 'kysely';
import type { LogEvent } from './event.ts';
import { columns, type Stored, stretchOnMysql, stretchOnSqlite } from './stretch.ts';

export interface StreamHead {
  readonly stream: string;
  readonly seq: number;
  readonly pos: number;
}

/** The durable log, read. Never through a lagging replica: a reader must see everything published before it began. */
export interface Log {
  /** The newest committed pos, 0 in an empty log. */
  head(): Promise<number>;
  /** Heads of the streams that exist, in no order. */
  heads(streams: readonly string[]): Promise<StreamHead[]>;
  /** All events with pos > `after` of these streams up to these heads, in pos order; null when they are more than `limit`. */
  after(heads: readonly StreamHead[], after: number, limit: number): Promise<LogEvent[] | null>;
  /** At most `limit` events of all streams with pos > `after`, in pos order. */
  everything(after: number, limit: number): Promise<LogEvent[]>;
}

const chunk = 1_000;

export function createLog(read: Reader): Log {
  const stretch = read.getExecutor().adapter instanceof MysqlAdapter ? stretchOnMysql : stretchOnSqlite;

  return {
    async head() {
      const row = await read.selectFrom('log_head').select('pos').where('id', '=', 1).executeTakeFirst();
      return Number(row?.pos ?? 0);
    },
    async heads(streams) {
      const all: StreamHead[] = [];
      for (let i = 0; i < streams.length; i += chunk) {
        if (i > 0) await new Promise((turn) => setImmediate(turn)); // SQLite answers at once, and nobody else meanwhile
        const ids = streams.slice(i, i + chunk).map(bytesOf);
        const rows = await read.selectFrom('stream').select(['id', 'seq', 'pos']).where('id', 'in', ids).execute();
        all.push(...rows.map((r) => ({ stream: idOf(r.id), seq: Number(r.seq), pos: Number(r.pos) })));
      }
      return all;
    },
    async after(heads, after, limit) {
      const lagging = heads.filter((h) => h.pos > after);
      if (lagging.length === 0) return [];
      const rows = await stretch(read, lagging, after, limit + 1);
      if (rows.length > limit) return null;
      const upTo = new Map(lagging.map(({ stream, seq }) => [stream, seq]));
      const events = rows.map(eventOf).filter(({ stream, seq }) => seq <= (upTo.get(stream) ?? 0));
      return events.sort((a, b) => a.pos - b.pos);
    },
    async everything(after, limit) {
      const rows = await read.selectFrom('event').select(columns).where('pos', '>', after).orderBy('pos').limit(limit).execute();
      return rows.map(eventOf);
    },
  };
}

const eventOf = (r: Stored): LogEvent => ({
  pos: Number(r.pos),
  stream: idOf(r.stream_id),
  seq: Number(r.seq),
  type: r.type as StreamEvent['type'], // written only through drafts, which are typed
  actor: r.actor_id ? idOf(r.actor_id) : null,
  subject: r.subject_id ? idOf(r.subject_id) : null,
  number: r.number === null ? null : Number(r.number),
  at: Number(r.at),
});
