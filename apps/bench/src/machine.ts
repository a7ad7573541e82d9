import { cpus, loadavg, totalmem } from 'node:os';
import Database from 'better-sqlite3';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** What the figures were measured on, one line each. */
export async function describeMachine(mysql: string | null): Promise<string[]> {
  const processors = cpus();
  return [
    `${processors.length} cores (${processors[0]?.model.trim() ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GB of memory, ${process.platform}-${process.arch}`,
    `Load average when it started: ${loadavg()[0]?.toFixed(1)} (what others did on this machine at the time)`,
    `Node ${process.versions.node}, SQLite ${sqliteVersion()} (WAL, synchronous=FULL)${mysql ? `, ${await mysqlVersion(mysql)}` : ''}`,
  ];
}

function sqliteVersion(): string {
  const db = new Database(':memory:');
  const version = db.prepare('select sqlite_version()').pluck().get();
  db.close();
  return String(version);
}

async function mysqlVersion(url: string): Promise<string> {
  const connection = await createConnection(url);
  const [[row]] = await connection.query<RowDataPacket[]>(
    'select version() as version, @@innodb_flush_log_at_trx_commit as flushed, @@sync_binlog as synced, @@innodb_buffer_pool_size as pool',
  );
  await connection.end();
  const pool = Number(row?.pool) / 2 ** 20;
  return `MySQL ${row?.version} (innodb_flush_log_at_trx_commit=${row?.flushed}, sync_binlog=${row?.synced}, buffer pool ${pool} MB)`;
}
