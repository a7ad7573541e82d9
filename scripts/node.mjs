import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Halt } from './halt.mjs';

/** The repository's folder, without a slash at the end: scripts work from any working directory. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** The Node that npm itself may run on. */
export const oldestLauncher = [20, 0];

/** The oldest Node that runs TypeScript without being asked to. */
export const oldestRunner = [22, 18];

/** @param {string} version as in `process.version` @param {number[]} oldest major and minor */
export function atLeast(version, [major = 0, minor = 0]) {
  const [haveMajor = 0, haveMinor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return haveMajor > major || (haveMajor === major && haveMinor >= minor);
}

/**
 * The Node that runs our sources: the one npm installed, or the machine's own where npm has none for the platform.
 * @throws {Halt} when that one is too old
 */
export function typescriptNode() {
  const installed = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(installed)) return installed;
  if (atLeast(process.version, oldestRunner)) return process.execPath;
  throw new Halt(
    `npm has no Node for ${process.platform}-${process.arch}: install Node ${oldestRunner.join('.')} or newer yourself (this is ${process.version}).`,
  );
}
