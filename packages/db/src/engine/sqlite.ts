import Database from 'better-sqlite3';
import { type Copier, createCheckpoints, longLog } from './checkpoint/checkpoints.ts';
import type { Ahead, Engine, EventRow, Head, Lookup, OnDuplicate, Row, Value, Write } from './engine.ts';
import { headMoved } from './fault.ts';

/** An engine whose answers are there when it returns. */
interface Immediate {
  begin(...asked: Parameters<Engine['begin']>): Awaited<ReturnType<Engine['begin']>>;
  commit(...asked: Parameters<Engine['commit']>): number | null;
  look(...asked: Parameters<Ahead['look']>): Awaited<ReturnType<Ahead['look']>>;
  commitAt(...asked: Parameters<Ahead['commit']>): number | null;
  rollback(): void;
  close(): void;
}

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
      commit: async (writes, events, moves) => engine.commitAt(writes, events, moves),
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
    commit,
    commitAt(writes, events, moves) {
      if (broken) throw new HeadMoved();
      broken = true;
      statement('begin immediate').run();
      try {
        for (const { id, from } of moves) if ((headOf(id)?.seq ?? 0) !== from) throw new HeadMoved();
        const heads = moves.filter(({ from, to }) => to !== from).map(({ id, to }) => ({ id, seq: to }));
        const pos = commit(writes, events, heads);
        broken = false;
        return pos;
      } catch (error) {
        rollback();
        throw error;
      }
    },
    rollback,
    close() {
      db.close();
    },
  };

  function commit(writes: readonly Write[], events: readonly EventRow[], heads: readonly Head[]): number | null {
    for (const write of writes) apply(write);
    const pos = append(events, heads);
    statement('commit').run();
    committed?.();
    return pos;
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

  function append(events: readonly EventRow[], heads: readonly Head[]): number | null {
    if (events.length === 0) return null;
    const head = statement('update log_head set pos = pos + ? where id = 1 returning pos').get(events.length) as { pos: number };
    const insert = statement(
      'insert into event (pos, stream_id, seq, type, actor_id, subject_id, number, at) values (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    const last = new Map<string, number>();
    events.forEach((e, i) => {
      const pos = head.pos - events.length + 1 + i;
      last.set(e.stream_id.toString('hex'), pos);
      insert.run(pos, e.stream_id, e.seq, e.type, e.actor_id, e.subject_id, e.number, e.at);
    });
    const move = statement(
      'insert into stream (id, seq, pos) values (?, ?, ?) on conflict do update set seq = excluded.seq, pos = excluded.pos',
    );
    for (const { id, seq } of heads) move.run(id, seq, last.get(id.toString('hex')) ?? head.pos);
    return head.pos;
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
