import Database from 'better-sqlite3';
import { attempt, type Reply } from '../thread/reply.ts';
import { type Copier, createCheckpoints, longLog } from './checkpoint/checkpoints.ts';
import type { Ahead, Engine, EventRow, Head, Lookup, Move, OnDuplicate, Row, Value, Write } from './engine.ts';
import { headMoved } from './fault.ts';

/** An engine whose answers are there when it returns. */
interface Immediate {
  begin(...asked: Parameters<Engine['begin']>): Awaited<ReturnType<Engine['begin']>>;
  commit(...asked: Parameters<Engine['commit']>): number | null;
  look(...asked: Parameters<Ahead['look']>): Awaited<ReturnType<Ahead['look']>>;
  /** Several that wait, in their order: each as if it had been asked alone, but where none fails the disk is waited for once. */
  commitAt(asked: readonly Parameters<Ahead['commit']>[]): Reply<number | null>[];
  rollback(): void;
  close(): void;
}

/** Where a head goes, and from where: null where that is known already, since nobody else may come between. */
type Going = Omit<Move, 'from'> & { readonly from: number | null };

/** Somebody else has written to a stream meanwhile, or what was asked before did not come to be. */
class HeadMoved extends Error {
  readonly code = headMoved;
}

/** The same in the thread that calls: for what ends soon, and has nobody else to serve. */
export function openSqliteHere(path: string): Engine {
  const engine = openSqliteEngine(path);
  return {
    overlaps: false,
    begin: async (locks, lookups) => engine.begin(locks, lookups),
    commit: async (writes, events, heads) => engine.commit(writes, events, heads),
    ahead: {
      look: async (streams, lookups) => engine.look(streams, lookups),
      async commit(...asked) {
        const [reply] = engine.commitAt([asked]);
        if (reply && 'error' in reply) throw reply.error;
        return reply?.answer ?? null;
      },
    },
    rollback: async () => engine.rollback(),
    close: async () => engine.close(),
  };
}

/**
 * The lane's connection to an SQLite file: prepared single-row statements in a loop, the fastest way here. Where nobody else copies the write-ahead
 * log into the file, it does so itself.
 */
export function openSqliteEngine(path: string, copier: Copier | null = null, long = longLog): Immediate {
  const db = new Database(path, { timeout: 5000 });
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full'); // an acknowledged message survives the plug being pulled
  db.pragma('foreign_keys = on');
  db.pragma('cache_size = -32768'); // KiB: what four thousand chats write to lies far apart, and 2 MB of it are none of the pages of the next batch
  db.pragma('wal_autocheckpoint = 16384'); // pages, 64 MB: with a thousand nearly every batch was copied into the file, and synced a second time
  const committed = copier && createCheckpoints(db, copier, long);
  const prepared = new Map<string, Database.Statement>(); // the statements below are a closed set: bounded by the code
  const statement = (sql: string) => {
    let found = prepared.get(sql);
    if (!found) prepared.set(sql, (found = db.prepare(sql)));
    return found;
  };

  /** Whether something did not come to be that what was asked since may rest on. */
  let broken = false;

  return {
    begin(locks, lookups) {
      broken = false;
      statement('begin immediate').run();
      return look(locks, lookups);
    },
    look,
    commit(writes, events, heads) {
      const pos = put(
        writes,
        events,
        heads.map(({ id, seq }) => ({ id, from: null, to: seq })),
      );
      end();
      return pos;
    },
    commitAt(asked) {
      return (asked.length > 1 && together(asked)) || asked.map((one) => attempt(() => alone(...one)));
    },
    rollback,
    close() {
      db.close();
    },
  };

  /** One transaction for all of them; null where one of them is at fault, and nothing was written. */
  function together(asked: readonly Parameters<Ahead['commit']>[]): Reply<number | null>[] | null {
    if (broken) return null;
    let begun = false;
    try {
      statement('begin immediate').run();
      begun = true;
      const replies = asked.map((one) => ({ answer: put(...one) }));
      end();
      return replies;
    } catch {
      if (begun) rollback();
      return null; // each for itself tells what was wrong
    }
  }

  function alone(...asked: Parameters<Ahead['commit']>): number | null {
    if (broken) throw new HeadMoved();
    broken = true;
    statement('begin immediate').run();
    try {
      const pos = put(...asked);
      end();
      broken = false;
      return pos;
    } catch (error) {
      rollback();
      throw error;
    }
  }

  /** Heads move first: where one stands elsewhere, that is what is said, and not which row it left in the way. */
  function put(writes: readonly Write[], events: readonly EventRow[], moves: readonly Going[]): number | null {
    const pos = events.length === 0 ? null : take(events.length);
    const first = (pos ?? 0) - events.length + 1;
    const last = new Map(events.map((e, i) => [e.stream_id.toString('latin1'), first + i]));
    for (const one of moves) move(one, last.get(one.id.toString('latin1')) ?? pos);
    for (const write of writes) apply(write);
    for (const [i, event] of events.entries()) append(event, first + i);
    return pos;
  }

  function end(): void {
    statement('commit').run();
    committed?.();
  }

  function rollback(): void {
    if (db.inTransaction) statement('rollback').run();
  }

  function look(streams: readonly Buffer[], lookups: readonly Lookup[]): { heads: Head[]; found: Row[][] } {
    const heads = streams.flatMap((id) => headOf(id) ?? []);
    return { heads, found: lookups.map((one) => run(one)) };
  }

  function headOf(id: Buffer): Head | undefined {
    return statement('select id, seq from stream where id = ?').get(id) as Head | undefined;
  }

  function run(one: Lookup): Row[] {
    const select = statement(
      `select ${list(one.columns)} from ${name(one.table)} where ${one.by.map((c) => `${name(c)} = ?`).join(' and ')}`,
    );
    return one.keys.flatMap((key) => select.all(...key) as Row[]);
  }

  function apply(write: Write): void {
    if (write.do === 'insert') {
      const marks = write.columns.map(() => '?').join(', ');
      const insert = statement(`insert into ${name(write.table)} (${list(write.columns)}) values (${marks})${conflict(write.onDuplicate)}`);
      for (const row of write.rows) insert.run(...row);
    } else if (write.do === 'update') {
      statement(`update ${name(write.table)} set ${equals(write.set, ', ')} where ${equals(write.where, ' and ')}`).run(
        ...values(write.set),
        ...values(write.where),
      );
    } else {
      statement(`delete from ${name(write.table)} where ${equals(write.where, ' and ')}`).run(...values(write.where));
    }
  }

  /** The newest of so many positions. */
  function take(count: number): number {
    return (statement('update log_head set pos = pos + ? where id = 1 returning pos').get(count) as { pos: number }).pos;
  }

  function move({ id, from, to }: Going, pos: number | null): void {
    if (from === to || from === 0) {
      if ((headOf(id)?.seq ?? 0) !== from) throw new HeadMoved();
      if (from === to) return;
    }
    if (from) {
      const moved = statement('update stream set seq = ?, pos = ? where id = ? and seq = ?').run(to, pos, id, from);
      if (moved.changes === 0) throw new HeadMoved();
    } else {
      const put = 'insert into stream (id, seq, pos) values (?, ?, ?) on conflict do update set seq = excluded.seq, pos = excluded.pos';
      statement(put).run(id, to, pos);
    }
  }

  function append(e: EventRow, pos: number): void {
    const insert = 'insert into event (pos, stream_id, seq, type, actor_id, subject_id, number, at) values (?, ?, ?, ?, ?, ?, ?, ?)';
    statement(insert).run(pos, e.stream_id, e.seq, e.type, e.actor_id, e.subject_id, e.number, e.at);
  }
}

const name = (identifier: string) => `"${identifier}"`;
const list = (columns: readonly string[]) => columns.map(name).join(', ');
const equals = (row: Row, between: string) =>
  Object.keys(row)
    .map((c) => `${name(c)} ${between === ', ' || row[c] !== null ? '=' : 'is'} ?`)
    .join(between);
const values = (row: Row): Value[] => Object.values(row);

function conflict(on: OnDuplicate): string {
  if (on === 'fail') return '';
  if (on === 'ignore') return ' on conflict do nothing';
  const sets =
    'add' in on
      ? on.add.map((c) => `${name(c)} = ${name(c)} + excluded.${name(c)}`)
      : on.set.map((c) => `${name(c)} = excluded.${name(c)}`);
  return ` on conflict do update set ${sets.join(', ')}`;
}
