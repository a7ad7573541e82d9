import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@koreromai/testing';

const main = join(import.meta.dirname, '../main.ts');

export interface Child extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly url: string;
  readonly port: number;
  readonly out: () => string;
  readonly err: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** A folder that is gone when it is disposed. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'koreromai-run-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the server as `npm start -- FLAGS` does, in a process of its own. Nothing of this process's environment reaches its settings. */
export function startChild(env: Record<string, string>, nodeFlags: readonly string[] = [], flags: readonly string[] = ['--no-web']): Child {
  const port = Number(env.PORT ?? 0);
  const child = spawn(process.execPath, [...nodeFlags, main, ...flags], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => void (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => void (said.err += String(chunk)));
  const ended = once(child, 'close').then(([code, signal]): number | string => code ?? signal);
  return {
    process: child,
    url: `http://127.0.0.1:${port}`,
    port,
    out: () => said.out,
    err: () => said.err,
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Resolves when it serves. */
export const serving = (child: Child): Promise<unknown> =>
  eventually(`a server on ${child.port}: ${child.err()}`, () =>
    fetch(`${child.url}/readyz`).then(
      (r) => r.ok,
      () => false,
    ),
  );

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
