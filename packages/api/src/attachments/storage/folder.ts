import { randomUUID } from 'node:crypto';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { checkKey, isKey, type Storage, StorageUnusable } from './storage.ts';

const staleAfter = 3_600_000;

/** Files in a folder, spread over 256 folders by the last letters of their ids. Written aside, synced, then renamed. */
export async function openFolder(root: string): Promise<Storage> {
  const aside = join(root, 'incoming');
  try {
    await mkdir(aside, { recursive: true });
    await sync(root);
    await sweepAside(aside);
  } catch (error) {
    throw new StorageUnusable(
      `STORAGE_URL is file:${root}, which cannot be used (${codeOf(error)}); give a folder this user may write, e.g. file:./data/files.`,
    );
  }
  const shardOf = (key: string) => join(root, checkKey(key).slice(34, 36));
  const pathOf = (key: string) => join(shardOf(key), key);

  return {
    async put(key, bytes) {
      const path = pathOf(key);
      const half = join(aside, randomUUID());
      try {
        const file = await open(half, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        if ((await mkdir(shardOf(key), { recursive: true })) !== undefined) await sync(root);
        await rename(half, path);
        await sync(shardOf(key));
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
    },
    async get(key, range) {
      try {
        const file = await open(pathOf(key), 'r');
        return file.createReadStream(range ? { start: range.from, end: range.to } : {}) satisfies Readable;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
    async *keys() {
      for await (const shard of await opendir(root)) {
        if (!/^[0-9a-f]{2}$/.test(shard.name)) continue;
        for await (const entry of await opendir(join(root, shard.name))) if (isKey(entry.name)) yield entry.name;
      }
    },
    async close() {},
  };
}

/** A rename is durable once its folder is. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a killed process was writing. Younger ones may be another process's. */
async function sweepAside(aside: string): Promise<void> {
  for await (const entry of await opendir(aside)) {
    const path = join(aside, entry.name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > staleAfter) await rm(path, { force: true });
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
