import { execFile } from 'node:child_process';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '../../bin/koreromai.mjs');

/** The real command, with nothing of this process's environment in its settings. */
export function koreromai(env: Record<string, string>, ...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [bin, ...args], { env: { PATH: process.env.PATH, ...env }, cwd: '/' }, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });
}
