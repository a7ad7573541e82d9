import { Refusal } from '@koreromai/contract';
import { bytesOf, type Db, type Engine, idOf, lookup, newId, type OpenOptions } from '@koreromai/db';
import { type Dialect, freshDatabase } from '@koreromai/testing';
import { createLocalBus } from '../bus/bus.ts';
import { changeKind } from '../lane/change.ts';
import { createLane, type LaneOptions } from '../lane/lane.ts';
import type { LogEvent } from '../log/event.ts';
import { createLog } from '../log/log.ts';

interface Saying {
  readonly id: string;
  readonly stream: string;
  readonly text: string;
  /** What it claims to weigh in a packet. */
  readonly weight?: number;
}

/** A message in a stream, idempotent by its id. The text `no` is refused. */
export const said = changeKind<Saying, { seq: number; replayed: boolean }>()({
  name: 'test.said',
  alone: false,
  streams: (input) => [input.stream],
  size: (input) => input.weight ?? input.text.length,
  lookups: (inputs) => ({
    before: lookup(
      'message',
      ['id', 'seq'],
      ['id'],
      inputs.map((i) => [bytesOf(i.id)]),
    ),
  }),
  facts: (found) => new Map(found.before.map((r) => [idOf(r.id), Number(r.seq)])),
  decide(input, before, draft) {
    if (input.text === 'no') throw new Refusal('FORBIDDEN');
    const seq = before.get(input.id);
    if (seq !== undefined) return { seq, replayed: true };
    const place = draft.event({ stream: input.stream, type: 'message.created', subject: input.id });
    const author = bytesOf(input.stream);
    const row = { conversation_id: bytesOf(input.stream), seq: place, id: bytesOf(input.id), author_id: author, text: input.text };
    draft.insert('message', { ...row, version: 1, created_at: draft.now, updated_at: draft.now });
    return { seq: place, replayed: false };
  },
});

/** Drafts on a stream that it did not name. */
export const astray = changeKind<{ stream: string }, void>()({
  name: 'test.astray',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide(input, _facts, draft) {
    draft.insert('counter', { conversation_id: bytesOf(input.stream), bucket: 1, author_id: bytesOf(input.stream), messages: 1 });
    draft.event({ stream: input.stream, type: 'message.created' });
  },
});

/** Writes what no database takes. */
export const broken = changeKind<{ stream: string }, void>()({
  name: 'test.broken',
  alone: false,
  streams: (input) => [input.stream],
  lookups: () => ({}),
  facts: () => null,
  decide(input, _facts, draft) {
    const row = {
      conversation_id: bytesOf(input.stream),
      bucket: 1,
      author_id: bytesOf(input.stream),
      messages: null as unknown as number,
    };
    draft.event({ stream: input.stream, type: 'message.created' });
    draft.insert('counter', row);
  },
});

export const saying = (stream: string, text = 'kia ora'): Saying => ({ id: newId(), stream, text });

/** A fresh database with its log, a bus, and as many lanes as a test asks for. */
export async function createBench(dialect: Dialect, options: OpenOptions = {}) {
  const database = await freshDatabase(dialect);
  const db = await database.open(options);
  const bus = createLocalBus();
  const published: LogEvent[] = [];
  const faults: unknown[] = [];
  const closing: (() => Promise<void>)[] = [];
  return {
    db,
    bus,
    log: createLog(db.read),
    published,
    faults,
    lane(options: Partial<LaneOptions> & { wrap?: (engine: Engine) => Engine } = {}) {
      const { wrap = (engine: Engine) => engine, ...rest } = options;
      const lane = createLane({
        engine: wrap(db.engine()),
        publish(events) {
          published.push(...events);
          bus.ring({ pos: events.at(-1)?.pos ?? 0, events });
        },
        now: () => 1_763_700_000_000,
        pause: async () => {},
        onFault: (error) => void faults.push(error),
        ...rest,
      });
      closing.push(() => lane.close());
      return lane;
    },
    async [Symbol.asyncDispose]() {
      for (const close of closing) await close();
      await db.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

export type Bench = Awaited<ReturnType<typeof createBench>>;

/** What the database holds of every stream: its head and the seqs and pos of its events, in pos order. */
export async function ledger(db: Db) {
  const events = await db.read.selectFrom('event').select(['stream_id', 'seq', 'pos', 'subject_id']).orderBy('pos').execute();
  const heads = await db.read.selectFrom('stream').select(['id', 'seq', 'pos']).execute();
  const head = await db.read.selectFrom('log_head').select('pos').executeTakeFirstOrThrow();
  return {
    pos: Number(head.pos),
    heads: new Map(heads.map((h) => [idOf(h.id), { seq: Number(h.seq), pos: Number(h.pos) }])),
    events: events.map((e) => ({
      stream: idOf(e.stream_id),
      seq: Number(e.seq),
      pos: Number(e.pos),
      subject: e.subject_id ? idOf(e.subject_id) : null,
    })),
  };
}
