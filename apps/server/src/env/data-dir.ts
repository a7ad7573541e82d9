import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SettingsError } from './error.ts';

/**
 * Makes the data folder and tries whether it takes a file.
 * @throws {SettingsError} when it does not
 */
export function prepareDataDir(dir: string): void {
  try {
    makeFolder(dir);
    accessSync(dir, constants.W_OK);
    rmdirSync(mkdtempSync(join(dir, '.writable-'))); // access alone says yes to root on a read-only disk
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new SettingsError([
      `DATA_DIR is ${dir}, which cannot be written${why}; give a folder this user may write, e.g. DATA_DIR=./data.`,
    ]);
  }
}

/** Folder by folder: Node's own recursive way never ends where the system answers ENOENT for a folder that is there, as in /proc. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir);
}
