import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Take } from './commands.ts';

/** A file cannot be written: why, in one sentence. */
export class OutUnusable extends Error {
  override readonly name = 'OutUnusable';
}

/** A file that is whole or not there: its pieces stand beside it until `keep`. */
export interface Out {
  readonly take: Take;
  keep(): Promise<void>;
  /** Nothing is left of it, unless it was kept. */
  drop(): Promise<void>;
}

/** Begins a new file that only this user can read. Throws OutUnusable, also where something has its name. */
export async function openOut(name: string): Promise<Out> {
  const path = resolve(name);
  const half = `${path}.part`;
  if (existsSync(path)) throw new OutUnusable(`${path} is there already: choose another name with --out.`);
  const unusable = (error: unknown) => {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return new OutUnusable(`${path} cannot be written (${why}): choose a place that this user may write with --out.`);
  };
  let file: FileHandle;
  try {
    await rm(half, { force: true }); // of one that was killed
    file = await open(half, 'wx', 0o600);
  } catch (error) {
    throw unusable(error);
  }
  return {
    async take(piece) {
      try {
        await file.writeFile(piece);
      } catch (error) {
        throw unusable(error);
      }
    },
    async keep() {
      await file.sync();
      await file.close();
      await rename(half, path);
    },
    async drop() {
      await file.close();
      await rm(half, { force: true });
    },
  };
}
