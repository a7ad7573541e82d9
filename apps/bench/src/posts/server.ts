import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Temporary } from '../databases.ts';
import { flags } from '../flags.ts';

const script = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));
const watch = new URL('./watch.ts', import.meta.url).href;

export interface Server extends AsyncDisposable {
  /** Where its sockets are. */
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** Without a word of warning. */
  kill(): Promise<void>;
  /** The longest that its event loop was held since the last call, in milliseconds. Of a watched server only. */
  heldFor(): Promise<number>;
}

/** The real server in a process of its own, over that database, on that port or a free one. */
export async function startServer(database: Temporary, watched = false, at = 0): Promise<Server> {
  const env = {
    ...process.env,
    PORT: String(at),
    DATA_DIR: database.folder,
    DATABASE_URL: database.url,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'error',
  };
  const child = spawn(process.execPath, [...flags, ...(watched ? ['--import', watch] : []), script, '--no-web'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', watched ? 'ipc' : 'ignore'],
  });
  const exit = once(child, 'exit');
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      const found = /http:\/\/[^:\s]+:(\d+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    void exit.then(() => reject(new Error(`The server ended before it listened: ${said}`)));
  });
  return {
    url: `ws://127.0.0.1:${port}/trpc`,
    pid: child.pid ?? 0,
    port: Number(port),
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    async heldFor() {
      const answer = once(child, 'message');
      child.send('held?');
      return Number((await answer)[0]);
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exit;
    },
  };
}
