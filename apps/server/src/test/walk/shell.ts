import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export const home = join(import.meta.dirname, '../../../../..');

/** What stands for something else in a page, and what it is here. */
type Swaps = Readonly<Record<string, string>>;

interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** npm start installs what the lockfile says, and nobody wants that below a running test. */
const installed = "if (!(await import('./scripts/bootstrap.mjs')).isInstalled('.')) throw new Error('Run npm ci first.');";

/**
 * A folder that looks like the repository, and a shell in it that types what the pages say. What a command writes beside itself lands there;
 * nothing of this process's environment reaches it but the way to node and npm. Notes every command that was typed.
 */
export function createShell() {
  execFileSync(process.execPath, ['--input-type=module', '-e', installed], { cwd: home });
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'koreromai-walk-'));
  const own = join(folder, 'repository');
  mkdirSync(own);
  for (const name of readdirSync(home).filter((one) => !/^(data|backups|\.git|\.turbo)$/.test(one)))
    symlinkSync(join(home, name), join(own, name));
  const typed = new Set<string>();
  const running = new Set<() => Promise<unknown>>();
  const base = {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    LOG_LEVEL: 'silent',
    DATA_DIR: join(folder, 'data'),
    npm_config_update_notifier: 'false',
    npm_config_offline: 'true',
    TURBO_TELEMETRY_DISABLED: '1',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  };

  /** Begins a command of a page, word for word but for the swaps. `stop` sends it SIGINT, as Ctrl+C does to all that it began. */
  function start(command: string, swaps: Swaps = {}, env: Readonly<Record<string, string>> = {}, cwd = own) {
    typed.add(command);
    const line = Object.entries(swaps).reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`There is no ${from} in: ${command}`);
      return text.replaceAll(from, () => to);
    }, command);
    const child = spawn('bash', ['-c', line], { cwd, env: { ...base, ...env }, detached: true });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => void (said.out += String(chunk)));
    child.stderr.on('data', (chunk) => void (said.err += String(chunk)));
    child.stdin.on('error', () => {}); // it may end without having read
    const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, ...said }));
    const all = (signal: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal);
      } catch {
        // everybody has gone already
      }
    };
    const kill = async () => {
      all('SIGKILL');
      await ended;
    };
    running.add(kill);
    void ended.then(() => running.delete(kill));
    return {
      out: () => said.out,
      err: () => said.err,
      type: (text: string) => child.stdin.write(text),
      ended,
      stop: async () => {
        all('SIGINT');
        return ended;
      },
    };
  }

  return {
    /** The folder that looks like the repository. */
    own,
    /** A path beside it. */
    beside: (name: string) => join(folder, name),
    typed,
    start,
    /** Types a command and waits for its end. Throws with what it said when it does not end well. */
    async run(...given: Parameters<typeof start>): Promise<Ended> {
      const typing = start(...given);
      const ended = await typing.ended;
      if (ended.code !== 0) throw new Error(`${given[0]} ended with ${ended.code}: ${ended.out}${ended.err}`);
      return ended;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running].map((kill) => kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Shell = ReturnType<typeof createShell>;
