import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { flags } from '../flags.ts';

export interface Peer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly pid: number;
}

/** A peer in a process of its own, told of the people by a file. */
export async function startPeer(name: 'raw' | 'socket-io', file: string): Promise<Peer> {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [...flags, script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const said = await Promise.race([once(child.stdout, 'data'), exit]);
  return {
    origin: String(said[0]).trim(),
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exit;
    },
  };
}
