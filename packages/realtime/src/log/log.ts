import type { StreamEvent } from '@koreromai/contract';
import { bytesOf, idOf, type Reader } from '@koreromai/db';
import type { LogEvent } from './event.ts';

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

const columns = ['pos', 'stream_id', 'seq', 'type', 'actor_id', 'subject_id', 'number', 'at'] as const;
const chunk = 1_000;
/** Streams in one statement, and how far it looks below their heads at first: most who come back missed little. */
const streamsAtOnce = 200;
const nearHead = 8;

/** A stream's events with `above` < seq <= `upTo`. */
interface Stretch {
  readonly stream: string;
  readonly above: number;
  readonly upTo: number;
}

export function createLog(read: Reader): Log {
  async function within(stretches: readonly Stretch[], after: number, limit: number): Promise<LogEvent[]> {
    const rows = await read
      .selectFrom('event')
      .select(columns)
      .where((where) =>
        where.or(
          stretches.map((s) =>
            where.and([where('stream_id', '=', bytesOf(s.stream)), where('seq', '>', s.above), where('seq', '<=', s.upTo)]),
          ),
        ),
      )
      .where('pos', '>', after)
      .limit(limit) // unsorted: ORDER BY here makes MySQL sort every lagging row before it takes the first
      .execute();
    return rows.map(eventOf);
  }

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
      const found: LogEvent[] = [];
      // A stream's seqs have no holes, so what it has beyond `after` is found from its head downwards; an index on pos would be a page to write with each event.
      let open = heads.filter((h) => h.pos > after && h.seq > 0).map((h) => ({ stream: h.stream, upTo: h.seq }));
      for (let depth = nearHead; open.length > 0; depth *= 8) {
        const next: typeof open = [];
        for (let i = 0; i < open.length; i += streamsAtOnce) {
          const some = open.slice(i, i + streamsAtOnce).map((one) => ({ ...one, above: Math.max(0, one.upTo - depth) }));
          const events = await within(some, after, limit + 1 - found.length);
          found.push(...events);
          if (found.length > limit) return null;
          const lowest = new Set(events.map(({ stream, seq }) => `${stream} ${seq}`));
          for (const { stream, above } of some) if (above > 0 && lowest.has(`${stream} ${above + 1}`)) next.push({ stream, upTo: above });
        }
        open = next;
      }
      return found.sort((a, b) => a.pos - b.pos);
    },
    async everything(after, limit) {
      const rows = await read.selectFrom('event').select(columns).where('pos', '>', after).orderBy('pos').limit(limit).execute();
      return rows.map(eventOf);
    },
  };
}

interface Stored {
  pos: number;
  stream_id: Buffer;
  seq: number;
  type: string;
  actor_id: Buffer | null;
  subject_id: Buffer | null;
  number: number | null;
  at: number;
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
