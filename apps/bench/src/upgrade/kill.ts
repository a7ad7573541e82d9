import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Place } from '../databases.ts';

const script = join(import.meta.dirname, 'start.ts');

/** A process that upgrades. Gives the milliseconds it took, or null when it was killed after `killAfter`. Rejects when it failed by itself. */
export async function upgradeOnce(url: string, killAfter?: number): Promise<number | null> {
  const child = fork(script, [url], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child, 'message'), ended]);
  const started = performance.now();
  if (killAfter !== undefined) await Promise.race([setTimeout(killAfter, undefined, { ref: false }), ended]);
  if (killAfter !== undefined && child.exitCode === null) child.kill('SIGKILL');
  const [code, signal] = await ended;
  if (signal === 'SIGKILL') return null;
  if (code !== 0) throw new Error(`An upgrade ended with ${code ?? signal}: ${said.trim()}`);
  return performance.now() - started;
}

/** What MySQL still does for a process that is gone ends too, as when the machine itself fell over. */
export async function cutOff(place: Place, url: string): Promise<void> {
  if (place.kind === 'sqlite') return;
  const name = new URL(url).pathname.slice(1);
  const connection = await createConnection(place.server);
  const [threads] = await connection.query<RowDataPacket[]>('show processlist');
  for (const { Id, db } of threads) if (db === name) await connection.query(`kill ${Id}`).catch(gone);
  await connection.end();
}

/** It ended by itself in between. */
function gone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ER_NO_SUCH_THREAD')) throw error;
}
