import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openStorage, type Storage } from '@koreromai/api';
import { lineOf, openSnapshot, type Shape, type Snapshot, Tally } from '@koreromai/db';
import type { Settings } from '../env/env.ts';
import { BackupUnusable, filePath, listPath, type Manifest, manifestPath, tablePath, written } from './manifest.ts';

/**
 * Writes a new folder with everything there is at this moment, while the server runs and goes on. The folder has its name only once it is whole.
 * Throws BackupUnusable, NothingThere, StorageUnusable and the driver's errors.
 */
export async function backup(settings: Pick<Settings, 'databaseUrl' | 'storageUrl'>, out: string): Promise<Manifest> {
  const folder = resolve(out);
  const half = `${folder}.part`;
  await begin(folder, half);
  try {
    const snapshot = await openSnapshot(settings.databaseUrl); // before the files: what is sent later is not in it, and needs none
    try {
      const takenAt = new Date().toISOString();
      await holdWhole(snapshot);
      const tables: Manifest['tables'] = [];
      for (const shape of snapshot.shapes) tables.push(await writeTable(half, snapshot, shape));
      const files = await copyFiles(half, settings.storageUrl);
      const manifest: Manifest = { format: 1, takenAt, schema: snapshot.schema, tables, files };
      await writeFile(manifestPath(half), written(manifest), { mode: 0o600, flag: 'wx', flush: true });
      for (const path of [half, join(half, 'tables')]) await sync(path);
      await rename(half, folder);
      await sync(dirname(folder));
      return manifest;
    } finally {
      await snapshot.close();
    }
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  }
}

async function begin(folder: string, half: string): Promise<void> {
  const there = await readdir(folder).then(
    (names) => names.length > 0,
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
  );
  if (there) throw new BackupUnusable(`${folder} is there already: choose another name with --out.`);
  try {
    await rm(half, { recursive: true, force: true }); // of one that was killed
    await mkdir(join(half, 'tables'), { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new BackupUnusable(`${folder} cannot be written (${why}): choose a place that this user may write with --out.`);
  }
}

/** Neither half-filled nor left behind by a move: who backs that up every night would have nothing. */
async function holdWhole(snapshot: Snapshot): Promise<void> {
  const shape = snapshot.shapes.find(({ table }) => table === 'instance');
  for await (const row of shape ? snapshot.rows(shape) : []) {
    const to = row[shape?.columns.indexOf('moved_to') ?? -1] ?? null;
    if (to === null) return;
    throw new BackupUnusable(`Everything in this database was moved to ${to}: back that one up, with DATABASE_URL.`);
  }
  throw new BackupUnusable('This database is not whole: a restore or a move into it has not ended, so there is nothing to back up.');
}

async function writeTable(half: string, snapshot: Snapshot, shape: Shape): Promise<Manifest['tables'][number]> {
  const tally = new Tally();
  const hash = createHash('sha256');
  const lines = async function* () {
    for await (const row of snapshot.rows(shape)) {
      const line = lineOf(row);
      tally.add(line);
      yield `${line}\n`;
    }
  };
  const file = createWriteStream(tablePath(half, shape.table), { mode: 0o600, flags: 'wx', flush: true });
  await pipeline(Readable.from(lines()), createGzip({ level: 3 }), through(hash), file);
  return { ...shape, columns: [...shape.columns], rows: tally.rows, sum: tally.sum, sha256: hash.digest('hex') };
}

/** Every file of the storage, wherever that is. One that is taken away meanwhile is left out: nobody may see it any more. */
async function copyFiles(half: string, storageUrl: string): Promise<Manifest['files']> {
  const storage: Storage = await openStorage(storageUrl);
  const list = await open(listPath(half), 'wx', 0o600);
  const listed = createHash('sha256');
  let [count, bytes] = [0, 0];
  try {
    for await (const key of storage.keys()) {
      const content = await storage.get(key);
      if (content === null) continue;
      const path = filePath(half, key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const hash = createHash('sha256');
      const file = createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true });
      await pipeline(content, through(hash), file);
      const line = `${JSON.stringify([key, file.bytesWritten, hash.digest('hex')])}\n`;
      listed.update(line);
      await list.write(line);
      count++;
      bytes += file.bytesWritten;
    }
    await list.sync();
  } finally {
    await list.close();
    await storage.close();
  }
  return { count, bytes, list: listed.digest('hex') };
}

const through = (hash: ReturnType<typeof createHash>) =>
  async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      hash.update(piece);
      yield piece;
    }
  };

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
