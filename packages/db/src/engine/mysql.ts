import { type Connection, createConnection, escape as escapeText, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseUrl } from '../url.ts';
import type { Engine, EventRow, Head, Lookup, OnDuplicate, Row, Value, Write } from './engine.ts';

const setUp = [
  'set session transaction isolation level read committed', // under REPEATABLE READ membership read after the lock can be stale
  'set session innodb_lock_wait_timeout = 2', // the default of 50 s would hold a whole batch
  "set session sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO'", // no NO_BACKSLASH_ESCAPES: `escape` relies on it
].join('; ');

/** The lane's connection to MySQL or MariaDB: two packets a batch, so that the log's head is never held through a round trip. */
export function openMySqlEngine(url: Extract<DatabaseUrl, { dialect: 'mysql' }>): Engine {
  let connection: Promise<Connection> | null = null;
  const connect = () => {
    connection ??= createConnection({ uri: url.href, multipleStatements: true, supportBigNumbers: true, charset: 'utf8mb4', enableKeepAlive: true }).then(
      async (made) => {
        made.on('error', () => void (connection = null)); // the next packet connects again
        await made.query(setUp);
        return made;
      },
    );
    connection.catch(() => void (connection = null));
    return connection;
  };
  const forget = async () => {
    const gone = connection;
    connection = null;
    (await gone?.catch(() => null))?.destroy();
  };

  return {
    async begin(locks, lookups) {
      const sql = ['begin', ...(locks.length > 0 ? [`select id, seq from stream where id in (${locks.map(literal).join(',')}) order by id for update`] : [])];
      const reads = lookups.map(render);
      const [results] = await (await connect()).query<RowDataPacket[][]>([...sql, ...reads.filter((r) => r !== null)].join(';\n'));
      let at = 1;
      const next = () => (results as unknown[])[at++] as Row[];
      const heads = locks.length > 0 ? (next() as unknown as Head[]) : [];
      return { heads, found: reads.map((r) => (r === null ? [] : next())) };
    },
    async commit(writes, events, heads) {
      const sql = [...writes.map(renderWrite), ...tail(events, heads), 'commit'];
      const [results] = await (await connect()).query(sql.join(';\n'));
      if (events.length === 0) return null;
      const taken = (results as unknown as { insertId: number; affectedRows: number }[])[writes.length];
      if (taken?.affectedRows !== 1) throw new Error('The row of log_head is missing: this database was not migrated, or was restored in part.');
      return Number(taken.insertId);
    },
    async rollback() {
      await (connection === null ? undefined : (await connection).query('rollback'));
    },
    close: async () => {
      const open = await connection?.catch(() => null);
      connection = null;
      await open?.end().catch(forget);
    },
  };
}

const name = (identifier: string) => `\`${identifier}\``;
const list = (columns: readonly string[]) => columns.map(name).join(', ');
const literal = (value: Value): string =>
  value === null ? 'null' : typeof value === 'number' ? String(value) : typeof value === 'string' ? escapeText(value) : `0x${value.toString('hex')}`;
const tuple = (values: readonly Value[]) => `(${values.map(literal).join(',')})`;
const equals = (row: Row, between: string, nothing: string) => Object.entries(row).map(([c, v]) => `${name(c)} ${v === null ? nothing : '='} ${literal(v)}`).join(between);

function render(one: Lookup): string | null {
  if (one.keys.length === 0) return null;
  const keys = one.by.length === 1 ? one.keys.map(([v]) => literal(v ?? null)) : one.keys.map(tuple);
  const by = one.by.length === 1 ? list(one.by) : `(${list(one.by)})`;
  return `select ${list(one.columns)} from ${name(one.table)} where ${by} in (${keys.join(',')})`;
}

function renderWrite(write: Write): string {
  if (write.do === 'update') return `update ${name(write.table)} set ${equals(write.set, ', ', '=')} where ${equals(write.where, ' and ', 'is')}`;
  if (write.do === 'delete') return `delete from ${name(write.table)} where ${equals(write.where, ' and ', 'is')}`;
  const ignore = write.onDuplicate === 'ignore' ? ' ignore' : '';
  return `insert${ignore} into ${name(write.table)} (${list(write.columns)}) values ${write.rows.map(tuple).join(',')}${conflict(write.onDuplicate)}`;
}

function conflict(on: OnDuplicate): string {
  if (on === 'fail' || on === 'ignore') return '';
  const sets = 'add' in on ? on.add.map((c) => `${name(c)} = ${name(c)} + values(${name(c)})`) : on.set.map((c) => `${name(c)} = values(${name(c)})`);
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
