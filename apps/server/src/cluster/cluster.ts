import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { join } from 'node:path';
import { readSettings } from '../env/env.ts';
import { SettingsError } from '../env/error.ts';
import { redactUrl } from '../env/redact.ts';

const most = 64;
/** Milliseconds that a process may take to end when it is told to. */
const patience = 12_000;
/** One that dies sooner than this is started again more slowly each time. */
const young = 30_000;

/**
 * Several servers behind one port, on one MySQL: `COUNT [flags of the server]`. This process takes the connections and hands them on in turn;
 * it starts again what dies, passes on what it is told by signals, and ends when all have ended.
 */
export function runCluster(argv: readonly string[] = process.argv.slice(2)): void {
  const [first = '', ...flags] = argv;
  const count = Number(first);
  const settings = settingsOf(flags);
  if (!/^\d+$/.test(first) || count < 1 || count > most) refuse(`Say how many processes, 1 to ${most}: npm run start:cluster -- 2`);
  if (settings.databaseUrl.startsWith('sqlite:'))
    refuse(
      `Several processes need one MySQL, and ${settings.databaseUrl} is a file that one process owns: set DATABASE_URL=mysql://USER:PASSWORD@HOST:PORT/NAME, or start one process with npm start.`,
    );

  if (settings.demo) refuse('A demo is one process: start it with npm start -- --demo.');
  cluster.setupPrimary({ exec: join(import.meta.dirname, '../main.ts'), args: flags });
  const workers = new Set<Worker>();
  let serving = 0;
  let stopping = false;
  let deaths = 0;

  function start(): void {
    const born = performance.now();
    const worker = cluster.fork();
    workers.add(worker);
    worker.once('message', () => begun(++serving));
    worker.once('exit', (code, signal) => {
      workers.delete(worker);
      if (stopping) return;
      if (serving === 0) process.exit(code || 1); // the first, which has said why
      process.stderr.write(`A process ended (${signal ?? `exit code ${code}`}) and is started again.\n`);
      deaths = performance.now() - born < young ? deaths + 1 : 0;
      setTimeout(() => stopping || start(), deaths === 0 ? 0 : Math.min(10_000, 50 * 2 ** deaths));
    });
  }

  function begun(so: number): void {
    if (stopping) return;
    if (so === 1) for (let n = 1; n < count; n++) start(); // the first alone brings the schema up to date
    if (so !== count) return;
    const rung = settings.redisUrl === null ? 'which hear of each other once a second (no REDIS_URL)' : 'rung by Redis';
    process.stdout.write(`\n  Kōrero mai! KoreroMai is at ${settings.publicUrl}\n  ${count} processes, ${rung}\n`);
    process.stdout.write(`  Data: ${redactUrl(settings.databaseUrl)}   Stop: Ctrl+C\n\n`);
  }

  const stop = async () => {
    if (stopping) return;
    stopping = true;
    const late = setTimeout(() => {
      for (const worker of workers) worker.process.kill('SIGKILL');
    }, patience);
    await Promise.all(
      [...workers].map((worker) => {
        const ended = once(worker, 'exit');
        worker.process.kill('SIGTERM');
        return ended;
      }),
    );
    clearTimeout(late);
    process.exit(0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', stop);
  start();
}

function settingsOf(flags: readonly string[]) {
  try {
    return readSettings(undefined, flags);
  } catch (error) {
    if (error instanceof SettingsError) refuse(error.message);
    throw error;
  }
}

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
