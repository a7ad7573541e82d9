import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { newId } from '@koreromai/db';
import { describe, expect, test } from 'vitest';
import { openBucket } from './s3.ts';
import { openStorage, originalKey, type Storage, StorageUnusable, thumbnailKey } from './storage.ts';
import { bucketGround, folderGround } from './test/grounds.ts';

const read = async (storage: Storage, key: string, range?: { from: number; to: number }) => {
  const stream = await storage.get(key, range);
  return stream === null ? null : String(await buffer(stream));
};
const keysOf = async (storage: Storage) => (await Array.fromAsync(storage.keys())).toSorted();

describe.each([
  ['folder', folderGround],
  ['bucket', bucketGround],
])('storage in a %s', (_kind, ground) => {
  test('what was put is there whole, in parts, after a reopening, and gone when it is removed', async () => {
    await using here = await ground();
    const { storage } = here;
    const [id, other] = [newId(), newId()];
    await storage.put(originalKey(id), Buffer.from('0123456789'));
    await storage.put(thumbnailKey(id), Buffer.from('small'));
    await storage.put(originalKey(other), Buffer.from('another'));
    expect(await read(storage, id)).toBe('0123456789');
    expect(await read(storage, id, { from: 2, to: 4 })).toBe('234');
    expect(await read(storage, id, { from: 9, to: 9 })).toBe('9');
    expect(await read(storage, thumbnailKey(id))).toBe('small');
    expect(await keysOf(storage)).toEqual([id, thumbnailKey(id), other].toSorted());

    const again = await openStorage(here.url);
    expect(await read(again, id)).toBe('0123456789');
    await again.remove(id);
    await again.remove(id);
    expect(await read(storage, id)).toBeNull();
    expect(await keysOf(storage)).toEqual([thumbnailKey(id), other].toSorted());
    await again.close();
  });

  test('putting again replaces the whole, and a megabyte comes back byte by byte', async () => {
    await using here = await ground();
    const id = newId();
    await here.storage.put(id, Buffer.alloc(100, 1));
    const bytes = Buffer.from(Array.from({ length: 1_048_576 }, (_, i) => i % 251));
    await here.storage.put(id, bytes);
    const stream = await here.storage.get(id);
    expect(stream && Buffer.compare(await buffer(stream), bytes)).toBe(0);
  });

  test('U4: a key is one of ours or an error, so that no name leads anywhere else', async () => {
    await using here = await ground();
    const { storage } = here;
    const names = ['', '../secret', `${newId()}/../x`, `${newId()}-t/..`, newId().toUpperCase(), `${newId()}\0`, '/etc/passwd', 'incoming'];
    for (const name of names) {
      await expect(storage.put(name, Buffer.from('x')), name).rejects.toThrow('no key');
      await expect(storage.get(name), name).rejects.toThrow('no key');
      await expect(storage.remove(name), name).rejects.toThrow('no key');
    }
    expect(await keysOf(storage)).toEqual([]);
  });
});

test('a bucket’s listing goes on over its pages', async () => {
  await using here = await bucketGround();
  const ids = Array.from({ length: 5 }, () => newId()).toSorted();
  for (const id of ids) await here.storage.put(id, Buffer.from(id));
  const byTwo = await openBucket(here.url, 2);
  expect(await keysOf(byTwo)).toEqual(ids);
  await byTwo.close();
});

test('what a killed process was writing aside is swept at a later start, and a younger one is left alone', async () => {
  await using here = await folderGround();
  const aside = join(here.folder, 'incoming');
  for (const name of ['old', 'young']) writeFileSync(join(aside, name), 'half');
  const longAgo = Date.now() / 1_000 - 7_200;
  utimesSync(join(aside, 'old'), longAgo, longAgo);
  await openStorage(here.url);
  expect(readdirSync(aside)).toEqual(['young']);
});

test('a place that cannot be used is told in one sentence', async () => {
  await using here = await bucketGround();
  await expect(openStorage('file:/dev/null/files')).rejects.toThrow(StorageUnusable);
  await expect(openStorage(here.url.replace('@files/', '@elsewhere/'))).rejects.toThrow(/bucket elsewhere.*NoSuchBucket/);
  await expect(openStorage(here.url.replace('S3RVER:S3RVER', 'NOBODY:S3RVER'))).rejects.toThrow(/InvalidAccessKeyId/);
});
