import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { freePort } from '../../faults/server.ts';

/**
 * What is asked of ejabberd: rooms that keep all that is said in them in the archive, before it goes out; nothing else is on, and nothing is
 * limited. Anybody signs in as whom they please, so that nothing is spent on passwords.
 */
const config = (port: number, archive: Archive, dir: string) => `
hosts: [localhost]
loglevel: error
listen:
  - { port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 262144, shaper: none, access: all, starttls: false }
auth_method: [anonymous]
anonymous_protocol: login_anon
allow_multiple_connections: true
${archive === 'sqlite' ? `sql_type: sqlite\nsql_database: ${join(dir, 'archive.db')}` : ''}
modules:
  mod_mam: { default: always, assume_mam_usage: true, db_type: ${archive === 'sqlite' ? 'sql' : 'mnesia'} }
  mod_muc:
    access: all
    access_create: all
    history_size: 0
    max_user_conferences: 10000
    default_room_options: { mam: true, persistent: false, anonymous: false }
`;

/**
 * Where the archive is: in Mnesia, as it comes, which answers before anything is on the disk; or in SQLite, whose every message is committed with
 * `synchronous=FULL` before it goes out, as ours are.
 */
export type Archive = 'mnesia' | 'sqlite';

export interface Ejabberd extends AsyncDisposable {
  readonly port: number;
  readonly version: string;
}

/** Starts an ejabberd of its own in a temporary folder, or gives null where it is not installed (Debian: `apt-get install ejabberd erlang-p1-sqlite3`). */
export async function startEjabberd(archive: Archive): Promise<Ejabberd | null> {
  const found = spawnSync('dpkg-query', ['-W', 'ejabberd', 'erlang-p1-sqlite3']);
  const version = found.stdout?.toString().split(/\s+/)[1];
  if (found.status !== 0 || !version || !existsSync('/usr/bin/erl')) return null;
  const dir = mkdtempSync(join(tmpdir(), 'koreromai-ejabberd-'));
  const port = await freePort();
  writeFileSync(join(dir, 'ejabberd.yml'), config(port, archive, dir));
  if (archive === 'sqlite') {
    const db = new Database(join(dir, 'archive.db'));
    db.exec(readFileSync('/usr/share/ejabberd/sql/lite.sql', 'utf8'));
    db.close();
  }
  mkdirSync(join(dir, 'db'));
  const node = `koreromai-bench-${port}@localhost`;
  const args = ['-noinput', '-sname', node, '+K', 'true', '+P', '250000', '-mnesia', 'dir', `"${join(dir, 'db')}"`, '-s', 'ejabberd'];
  const paths = { EJABBERD_CONFIG_PATH: join(dir, 'ejabberd.yml'), EJABBERD_LOG_PATH: join(dir, 'ejabberd.log'), HOME: dir };
  const child = spawn('/usr/bin/erl', args, { env: { ...process.env, ERL_LIBS: '/usr/lib/x86_64-linux-gnu', ...paths }, stdio: 'ignore' });
  const exit = once(child, 'exit');
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000); // nobody would wait for ever
  await Promise.race([listening(port), exit.then(() => Promise.reject(new Error('ejabberd ended before it listened.')))]);
  clearTimeout(late);
  return {
    port,
    version,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exit;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const open = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
