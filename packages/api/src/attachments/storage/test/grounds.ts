import crypto from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { openStorage, type Storage } from '../storage.ts';

export interface Ground extends AsyncDisposable {
  readonly storage: Storage;
  readonly url: string;
  /** Where the bytes really lie. */
  readonly folder: string;
}

/** A fresh folder. */
export async function folderGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'koreromai-files-'));
  const url = `file:${folder}`;
  const storage = await openStorage(url);
  return { url, folder, storage, [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }) };
}

/** The test server pages its listings with single DES, which OpenSSL no longer offers; three times the same key is the same cipher. */
function bringBackDes(): void {
  const { createCipheriv, createDecipheriv } = crypto;
  if (crypto.getCiphers().includes('des')) return;
  type Make = (algorithm: string, key: Buffer, iv: Buffer) => unknown;
  const thrice =
    (make: Make): Make =>
    (algorithm, key, iv) =>
      algorithm === 'des' ? make('des-ede3-cbc', Buffer.concat([key, key, key]), iv) : make(algorithm, key, iv);
  Object.assign(crypto, { createCipheriv: thrice(createCipheriv as Make), createDecipheriv: thrice(createDecipheriv as Make) });
}

/** A fresh bucket on a server of its own that speaks S3. */
export async function bucketGround(): Promise<Ground> {
  bringBackDes();
  const folder = mkdtempSync(join(tmpdir(), 'koreromai-s3-'));
  const configureBuckets = [{ name: 'files', configs: [] }];
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: folder, configureBuckets });
  const { port } = await server.run();
  const url = `s3://S3RVER:S3RVER@files/korero/mai?region=us-east-1&endpoint=${encodeURIComponent(`http://127.0.0.1:${port}`)}`;
  const storage = await openStorage(url);
  return {
    url,
    folder,
    storage,
    async [Symbol.asyncDispose]() {
      await storage.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
