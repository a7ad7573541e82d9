import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../../../..');

export interface ServerOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  /** `point:count`: the process kills itself the count-th time it comes to that point. */
  readonly failAt?: string;
}

/** A server in a process of its own. */
export interface ServerProcess {
  /** Resolves when the process is gone, by whatever hand. */
  readonly gone: Promise<void>;
  /** Its number among the system's processes. */
  readonly pid: number;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM, and gives the exit code; a server that has not ended after ten seconds is killed and gives null. */
  stop(): Promise<number | null>;
}

const entry = join(root, 'apps/server/src/main.ts');
/** Where Node keeps what it compiled: half of a start is that, and a process that is killed never writes it down. */
const compiled = join(root, 'node_modules/.cache/faults');
let kept: Promise<unknown> | null = null;

function keepCompiled(): Promise<unknown> {
  const all = pathToFileURL(join(root, 'apps/server/src/run.ts')).href;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `await import(${JSON.stringify(all)})`], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compiled },
    stdio: 'ignore',
  });
  return once(child, 'exit');
}

/** Starts the server and resolves when it answers, or when it has died at its fail point before that. */
export async function startServer({ port, dataDir, databaseUrl, redisUrl, failAt }: ServerOptions): Promise<ServerProcess> {
  await (kept ??= keepCompiled());
  const child = spawn(process.execPath, [entry, '--no-web'], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: compiled,
      NODE_ENV: 'test',
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'fatal',
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
      ...(failAt ? { FAIL_AT: failAt } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const gone = once(child, 'exit').then(() => {});
  const answers = new Promise<void>((resolve) => {
    child.stdout.on('data', (text) => String(text).includes('KoreroMai is at') && resolve());
  });
  await Promise.race([answers, gone]);
  if (child.exitCode !== null) throw new Error(`The server did not start (exit code ${child.exitCode}): ${said.slice(0, 500)}`);

  return {
    gone,
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    stop: () => stop(child, gone),
  };
}

async function stop(child: ChildProcess, gone: Promise<void>): Promise<number | null> {
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  child.kill('SIGTERM');
  await gone;
  clearTimeout(late);
  return child.exitCode;
}

/**
 * A port that nobody uses now, for one server after another. Below the range from which the system takes ports for outgoing
 * connections: while the server is down, clients that try again would sooner or later be given its port themselves.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
