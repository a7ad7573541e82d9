import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { openStorage } from '@koreromai/api';
import { batchesOf, openTarget, rowOf, Tally, type Target } from '@koreromai/db';
import { prepareDataDir } from '../env/data-dir.ts';
import type { Settings } from '../env/env.ts';
import { altered, BackupUnusable, filePath, listedFile, listPath, type Manifest, readManifest, tablePath } from './manifest.ts';

/**
 * Puts a backup into an empty database and an empty storage, of whichever kind they are. All of it is held against its sums before
 * anything is written; the row that makes the database one comes last. Places in the log that were given out before mean nothing
 * afterwards: clients are told to begin again. Throws BackupUnusable, PlaceUnfit, DatabaseInUse, StorageUnusable and the driver's errors.
 */
export async function restore(settings: Pick<Settings, 'dataDir' | 'databaseUrl' | 'storageUrl'>, from: string): Promise<Manifest> {
  const folder = resolve(from);
  const manifest = await readManifest(folder);
  const files = await verified(folder, manifest);
  prepareDataDir(settings.dataDir);
  const storage = await openStorage(settings.storageUrl);
  try {
    const known = new Set(files.map(([key]) => key));
    for await (const key of storage.keys())
      if (!known.has(key)) throw new BackupUnusable('The storage is not empty: name one that is with STORAGE_URL. Nothing was restored.');
    const target = await openTarget(settings.databaseUrl, manifest.schema);
    try {
      for (const [key] of files) await storage.put(key, await readFile(filePath(folder, key)));
      await fill(folder, manifest, target);
    } finally {
      await target.close();
    }
  } finally {
    await storage.close();
  }
  return manifest;
}

/** Reads everything once, and gives the list of files. */
async function verified(folder: string, manifest: Manifest) {
  const hold = async (path: string, sum: string) => {
    if ((await sumOf(path)) !== sum) throw altered(path);
  };
  for (const { table, sha256 } of manifest.tables) await hold(tablePath(folder, table), sha256);
  await hold(listPath(folder), manifest.files.list);
  const lines = (await readFile(listPath(folder), 'utf8')).split('\n').filter((line) => line !== '');
  const files = lines.map((line) => listedFile.parse(JSON.parse(line)));
  for (const [key, , sum] of files) await hold(filePath(folder, key), sum);
  return files;
}

/** Null where there is no such file. */
async function sumOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

async function fill(folder: string, manifest: Manifest, target: Target): Promise<void> {
  const last = manifest.tables.find(({ table }) => table === 'instance');
  if (!last) throw altered(folder);
  for (const shape of manifest.tables) {
    if (shape === last) continue;
    const tally = new Tally();
    for await (const rows of batchesOf(rowsOf(folder, shape, tally))) await target.insert(shape, rows);
    if (tally.rows !== shape.rows || tally.sum !== shape.sum) throw altered(tablePath(folder, shape.table));
  }
  for await (const row of rowsOf(folder, last)) {
    const now = { epoch: randomBytes(4).readUInt32BE(), moved_to: null, moved_at: null };
    const again = last.columns.map((column, i) => (column in now ? now[column as keyof typeof now] : (row[i] ?? null)));
    await target.insert(last, [again]);
  }
}

async function* rowsOf(folder: string, { table }: { table: string }, tally?: Tally) {
  const input = createReadStream(tablePath(folder, table)).pipe(createGunzip());
  for await (const line of linesOf(input.setEncoding('utf8'))) {
    tally?.add(line);
    yield rowOf(line);
  }
}

/** Split at line feeds alone: readline would split at the line separators that people's texts may hold. */
async function* linesOf(input: AsyncIterable<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const piece of input) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
