import { type Connection, createConnection, escape as escapeText, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseUrl } from '../url.ts';
import type { Engine, EventRow, Head, Lookup, OnDuplicate, Row, Value, Write } from './engine.ts';
import { faultOf } from './fault.ts';

const setUp = [
  'set session transaction isolation level read committed', // under REPEATABLE READ membership read after the lock can be stale
  'set session innodb_lock_wait_timeout = 2', // the default of 50 s would hold a whole batch
  "set session sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO'", // no NO_BACKSLASH_ESCAPES: `escape` relies on it
].join('; ');

/** Milliseconds after which a server that does not connect, or does not answer a batch, is taken for unreachable. */
const connectWithin = 3_000;
const answerWithin = 10_000;

/** The lane's connection to MySQL: two packets a batch, so that the log's head is never held through a round trip. */
export function openMySqlEngine(url: Extract<DatabaseUrl, { dialect: 'mysql' }>): Engine {
  let current: Connection | null = null;
  /** The connection whose transaction is open: what was begun on one is never committed on another. */
  let begun: Connection | null = null;

  async function connect(): Promise<Connection> {
    if (current) return current;
    const made = await createConnection({
      uri: url.href,
      multipleStatements: true,
      supportBigNumbers: true,
      charset: 'utf8mb4',
      enableKeepAlive: true,
      connectTimeout: connectWithin,
    });
    made.on('error', () => drop(made)); // cut while idle: the next packet connects again
    current = made;
    await send(made, setUp);
    return made;
  }
  /** The driver never mends a connection that was cut: it is forgotten, and whatever was open on it is gone. */
  function drop(made: Connection): void {
    if (current === made) current = null;
    if (begun === made) begun = null;
    made.destroy();
  }
  async function send(made: Connection, sql: string): Promise<unknown[]> {
    try {
      const [results] = await made.query<RowDataPacket[]>({ sql, timeout: answerWithin });
      return results;
    } catch (error) {
      if (faultOf(error) === 'lost') drop(made);
      throw error;
    }
  }

  return {
    overlaps: false, // with it, few posters wait in two half batches for two round trips each
    async begin(locks, lookups) {
      const sql = [
        'begin',
        ...(locks.length > 0 ? [`select id, seq from stream where id in (${locks.map(literal).join(',')}) order by id for update`] : []),
      ];
      const reads = lookups.map(render);
      begun = await connect();
      const results = await send(begun, [...sql, ...reads.filter((r) => r !== null)].join(';\n'));
      let at = 1;
      const next = () => results[at++] as Row[];
      const heads = locks.length > 0 ? (next() as unknown as Head[]) : [];
      return { heads, found: reads.map((r) => (r === null ? [] : next())) };
    },
    async commit(writes, events, heads) {
      if (begun === null) throw new Error('The connection was lost after the transaction began.');
      const sql = [...writes.map(renderWrite), ...tail(events, heads), 'commit'];
      const results = await send(begun, sql.join(';\n'));
      begun = null;
      if (events.length === 0) return null;
      const taken = results[writes.length] as { insertId: number; affectedRows: number } | undefined;
      if (taken?.affectedRows !== 1)
        throw new Error('The row of log_head is missing: this database was not migrated, or was restored in part.');
      return Number(taken.insertId);
    },
    async rollback() {
      const made = begun;
      begun = null;
      if (made) await send(made, 'rollback');
    },
    async close() {
      const made = current;
      current = null;
      await made?.end().catch(() => made.destroy());
    },
  };
}

const name = (identifier: string) => `\`${identifier}\``;
const list = (columns: readonly string[]) => columns.map(name).join(', ');
export const literal = (value: Value): string =>
  value === null
    ? 'null'
    : typeof value === 'number'
      ? String(value)
      : typeof value === 'string'
        ? escapeText(value)
        : `0x${value.toString('hex')}`;
const tuple = (values: readonly Value[]) => `(${values.map(literal).join(',')})`;
const equals = (row: Row, between: string, nothing: string) =>
  Object.entries(row)
    .map(([c, v]) => `${name(c)} ${v === null ? nothing : '='} ${literal(v)}`)
    .join(between);

function render(one: Lookup): string | null {
  if (one.keys.length === 0) return null;
  const keys = one.by.length === 1 ? one.keys.map(([v]) => literal(v ?? null)) : one.keys.map(tuple);
  const by = one.by.length === 1 ? list(one.by) : `(${list(one.by)})`;
  return `select ${list(one.columns)} from ${name(one.table)} where ${by} in (${keys.join(',')})${one.locked ? ' for update' : ''}`;
}

function renderWrite(write: Write): string {
  if (write.do === 'update')
    return `update ${name(write.table)} set ${equals(write.set, ', ', '=')} where ${equals(write.where, ' and ', 'is')}`;
  if (write.do === 'delete') return `delete from ${name(write.table)} where ${equals(write.where, ' and ', 'is')}`;
  const ignore = write.onDuplicate === 'ignore' ? ' ignore' : '';
  return `insert${ignore} into ${name(write.table)} (${list(write.columns)}) values ${write.rows.map(tuple).join(',')}${conflict(write.onDuplicate)}`;
}

function conflict(on: OnDuplicate): string {
  if (on === 'fail' || on === 'ignore') return '';
  const sets =
    'add' in on ? on.add.map((c) => `${name(c)} = ${name(c)} + values(${name(c)})`) : on.set.map((c) => `${name(c)} = values(${name(c)})`);
  return ` on duplicate key update ${sets.join(', ')}`;
}

/** From the log's head to COMMIT in one packet: `last_insert_id` carries the new head within it. */
function tail(events: readonly EventRow[], heads: readonly Head[]): string[] {
  const n = events.length;
  if (n === 0) return [];
  const last = new Map<string, number>();
  const rows = events.map((e, i) => {
    last.set(e.stream_id.toString('hex'), n - 1 - i);
    const ids = [e.actor_id, e.subject_id, e.number, e.at].map(literal).join(',');
    return `(${literal(e.stream_id)},${e.seq},last_insert_id()-${n - 1 - i},${escapeText(e.type)},${ids})`;
  });
  const moved = heads.map(({ id, seq }) => `(${literal(id)},${seq},last_insert_id()-${last.get(id.toString('hex')) ?? 0})`);
  return [
    `update log_head set pos = last_insert_id(pos + ${n}) where id = 1`,
    `insert into event (stream_id, seq, pos, type, actor_id, subject_id, number, at) values ${rows.join(',')}`,
    `insert into stream (id, seq, pos) values ${moved.join(',')} on duplicate key update seq = values(seq), pos = values(pos)`,
  ];
}
