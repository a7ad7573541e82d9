import type { Readable } from 'node:stream';

/** Bytes from `from` to `to`, both included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the bytes of files are, under keys that we make: `<attachment id>` and `<attachment id>-t` for its thumbnail.
 * A key that was written is whole: half a file is never found, whatever was killed.
 */
export interface Storage {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is nothing under that key. The caller reads the stream to its end or destroys it. */
  get(key: string, range?: ByteRange): Promise<Readable | null>;
  /** Removing what is not there is no mistake. */
  remove(key: string): Promise<void>;
  /** Every key, in no order. */
  keys(): AsyncIterable<string>;
  close(): Promise<void>;
}

/** STORAGE_URL names a place that cannot be used: told in one sentence at start. */
export class StorageUnusable extends Error {
  override readonly name = 'StorageUnusable';
}

const wellFormed = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-t)?$/;

export const isKey = (name: string): boolean => wellFormed.test(name);

/** Keys become paths: nothing but our own form ever gets there. */
export function checkKey(key: string): string {
  if (!isKey(key)) throw new Error('This is no key of the storage.');
  return key;
}

export const originalKey = (id: string): string => id;
export const thumbnailKey = (id: string): string => `${id}-t`;

/** Opens what STORAGE_URL names: `file:` with an absolute path, or `s3://…`. Throws StorageUnusable. */
export async function openStorage(url: string): Promise<Storage> {
  if (url.startsWith('file:')) {
    const { openFolder } = await import('./folder.ts');
    return openFolder(url.slice('file:'.length));
  }
  const { openBucket } = await import('./s3.ts'); // large, and most instances have a folder
  return openBucket(url);
}

const nowhere = () => {
  throw new Error('This process keeps no files.');
};

/** For processes without files, e.g. tools and benches. */
export const noStorage: Storage = { put: nowhere, get: nowhere, remove: async () => {}, async *keys() {}, close: async () => {} };
