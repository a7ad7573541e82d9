import { limits } from '@koreromai/contract';
import { bytesOf, idOf, knownAttachments, knownImages, type Reader, removedAttachments, unsentAttachments } from '@koreromai/db';
import type { Lane } from '@koreromai/realtime';
import { filesPurged, unsentRemoved } from './changes.ts';
import { noStorage, originalKey, type Storage, thumbnailKey } from './storage/storage.ts';

export interface Sweep {
  /** Resolves when everything that is due has gone. */
  now(): Promise<void>;
  /** Ends behind the step under way. The rest goes at the next start, or in another process. */
  close(): Promise<void>;
}

interface Options {
  readonly storage: Storage;
  readonly read: Reader;
  readonly lane: Lane;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds between sweeps. */
  readonly every: number;
}

const atOnce = 200;
const strayEvery = 3_600_000;

/**
 * Takes away the bytes of what was deleted, of what nobody sent within a day, and of what has no row. Each step can be repeated,
 * by any process and after any kill: bytes go before their row, and what is due is read from the rows.
 */
export function createSweep({ storage, read, lane, now, onFault, every }: Options): Sweep {
  let working: Promise<void> | null = null;
  let closed = false;
  let straysSought = 0;

  async function unsent(): Promise<void> {
    for (let rows = await old(); rows.length > 0 && !closed; rows = await old())
      await lane.change(unsentRemoved, { ids: rows.map((r) => idOf(r.id)) });
  }
  const old = () => unsentAttachments(read, now() - limits.media.unsentFor, atOnce);

  async function removed(): Promise<void> {
    for (let rows = await removedAttachments(read, atOnce); rows.length > 0 && !closed; rows = await removedAttachments(read, atOnce)) {
      const ids = rows.map((r) => idOf(r.id));
      for (const id of ids) for (const key of [originalKey(id), thumbnailKey(id)]) await storage.remove(key);
      await lane.change(filesPurged, { ids });
    }
  }

  /** Bytes of an upload that was killed between them and its row. A key tells when it was made. */
  async function strays(): Promise<void> {
    if (now() - straysSought < strayEvery) return;
    straysSought = now();
    let keys: string[] = [];
    for await (const key of storage.keys()) {
      if (closed) return;
      if (now() - bytesOf(key.slice(0, 36)).readUIntBE(0, 6) > limits.media.unsentFor) keys.push(key);
      if (keys.length === atOnce) {
        await drop(keys);
        keys = [];
      }
    }
    await drop(keys);
  }

  async function drop(keys: readonly string[]): Promise<void> {
    const ids = [...new Set(keys.map((k) => k.slice(0, 36)))];
    const known = new Set((await Promise.all([knownAttachments(read, ids), knownImages(read, ids)])).flat().map((r) => idOf(r.id)));
    for (const key of keys) if (!known.has(key.slice(0, 36))) await storage.remove(key);
  }

  async function sweep(): Promise<void> {
    if (storage === noStorage) return; // the rows must wait for a process that can reach the bytes
    await unsent();
    await removed();
    await strays();
  }
  const start = () => {
    working ??= sweep().finally(() => {
      working = null;
    });
    return working;
  };
  const beat = () => void start().catch(onFault); // the database or the storage is away: the next beat tries again
  const timer = setInterval(beat, every).unref();
  beat();

  return {
    now: start,
    async close() {
      closed = true;
      clearInterval(timer);
      await working?.catch(() => {}); // told by its beat
    },
  };
}
