import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './server.ts';

const root = join(import.meta.dirname, '../../../..');

/** A server of the scenario's own, that can be killed and brought back on its port. */
export interface Victim extends AsyncDisposable {
  readonly url: string;
  /** kill -9. */
  kill(): Promise<void>;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** Holds it still, with its connections open. */
  freeze(): void;
  thaw(): void;
}

/** Redis that keeps nothing on the disk. */
export async function ownRedis(): Promise<Victim> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  const victim: Victim = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      const started = spawn('redis-server', args, { stdio: 'ignore' });
      child = started;
      await Promise.race([
        answers(port),
        once(started, 'error').then(() => Promise.reject(new Error('There is no redis-server on this machine.'))),
      ]);
    },
    async kill() {
      const dying = child;
      child = null;
      if (!dying || dying.exitCode !== null) return;
      const gone = once(dying, 'exit');
      dying.kill('SIGKILL');
      await gone;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    [Symbol.asyncDispose]: () => victim.kill(),
  };
  await victim.start();
  return victim;
}

/** MySQL by `.ci/mysql`: the first start on a machine fetches it. */
export async function ownMySql(): Promise<Victim> {
  const port = await freePort();
  const ask = async (verb: string): Promise<void> => {
    const child = spawn(join(root, '.ci/mysql'), [verb, String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => {
      said += String(text);
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`.ci/mysql ${verb} failed: ${said.trim().slice(-500)}`);
  };
  await ask('start');
  return {
    url: `mysql://root@127.0.0.1:${port}/faults`,
    start: () => ask('start'),
    kill: () => ask('kill'),
    freeze: () => {},
    thaw: () => {},
    [Symbol.asyncDispose]: () => ask('stop'),
  };
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await pause(25);
  }
  throw new Error(`Nothing answers on port ${port}.`);
}
