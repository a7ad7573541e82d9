import { readFile } from 'node:fs/promises';
import { type Attachment, limits, Refusal } from '@koreromai/contract';
import { idOf, newId, type Reader, storageUsed, storeId } from '@koreromai/db';
import type { Lane } from '@koreromai/realtime';
import PQueue from 'p-queue';
import { avatarSet, fileKept, type NewFile } from './changes.ts';
import { fileNameOf } from './name.ts';
import type { Pictures, Pixels } from './pictures.ts';
import { isPicture, typeOf } from './sniff.ts';
import { originalKey, type Storage, thumbnailKey } from './storage/storage.ts';
import { scrubVideo } from './videos.ts';
import { attachmentView } from './view.ts';

export interface Upload {
  /** Where the bytes lie, within the bound of a file. The caller removes them afterwards. */
  readonly path: string;
  /** As the sender called it. */
  readonly name: string;
  /** What it shows, in words. */
  readonly description?: string | null;
  readonly uploaderId: string;
}

export interface Media {
  /** Refuses at once somebody who has no room left, before their bytes come. */
  mayUpload(userId: string): Promise<void>;
  /** Judges, cleans and keeps an uploaded picture or video. It is its uploader's alone until a message carries it. */
  keep(upload: Upload): Promise<Attachment>;
  /** Makes an uploaded picture its uploader's avatar. */
  setAvatar(upload: Upload): Promise<void>;
  removeAvatar(userId: string): Promise<void>;
  /** Somebody's picture drawn anew, small and still. Keeps nothing. Throws what `keep` throws. */
  card(bytes: Buffer): Promise<Pixels>;
  /** Ends behind the file that is being drawn. */
  close(): Promise<void>;
}

interface Options {
  readonly storage: Storage;
  readonly read: Reader;
  readonly lane: Lane;
  readonly now: () => number;
  /** Somebody's face is another one: there is work to tell it. */
  readonly told: () => void;
}

/**
 * Takes files in, one at a time, so that only one is held in memory and the library that draws never has more than one thread of
 * the pool: posts, which share this process, do not wait for pictures.
 */
export function createMedia({ storage, read, lane, now, told }: Options): Media {
  const queue = new PQueue({ concurrency: 1 });
  let pictures: Promise<Pictures> | null = null;
  const drawing = () => (pictures ??= import('./pictures.ts').then((m) => m.createPictures())); // large: not before the first upload

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (queue.size >= limits.media.maxUploads) throw new Refusal('BUSY', { retryAfter: 5 });
    return queue.add(work);
  }

  /** Bytes first, then the row. Without the row they are swept after a day. */
  async function stored(file: NewFile, bytes: Buffer, small: Buffer | null): Promise<void> {
    try {
      await storage.put(originalKey(file.id), bytes);
      if (small) await storage.put(thumbnailKey(file.id), small);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new Refusal('STORAGE_FULL');
      throw error;
    }
  }

  async function unlessRefused<Result>(file: NewFile, change: Promise<Result>): Promise<Result> {
    try {
      return await change;
    } catch (error) {
      // After BUSY nobody can say whether the row is there, so the bytes stay for the sweep to judge.
      const refused = error instanceof Refusal && error.code !== 'BUSY' && error.code !== 'INTERNAL';
      if (refused) for (const key of [originalKey(file.id), thumbnailKey(file.id)]) await storage.remove(key);
      throw error;
    }
  }

  return {
    async mayUpload(userId) {
      const used = new Map((await storageUsed(read, [userId, storeId])).map((r) => [idOf(r.owner_id), Number(r.bytes)]));
      if ((used.get(userId) ?? 0) >= limits.media.userQuota) throw new Refusal('QUOTA_EXCEEDED');
      if ((used.get(storeId) ?? 0) >= limits.media.serverQuota) throw new Refusal('STORAGE_FULL');
    },
    keep: ({ path, name, description = null, uploaderId }) =>
      inTurn(async () => {
        const raw = await readFile(path);
        const type = await typeOf(raw);
        if (type === null) throw new Refusal('UNSUPPORTED_MEDIA', { fields: { file: 'is not a picture or a video that is taken here' } });
        const clean = isPicture(type)
          ? await (await drawing()).redrawn(raw, type)
          : { ...scrubVideo(raw, type), bytes: raw, thumbnail: null };
        const { bytes, width, height } = clean;
        const small = clean.thumbnail;
        const thumbnail = small && { width: small.width, height: small.height, size: small.bytes.length };
        const id = newId(now());
        const file: NewFile = {
          id,
          uploaderId,
          name: fileNameOf(name, type),
          type,
          size: bytes.length,
          width,
          height,
          description,
          thumbnail,
        };
        await stored(file, bytes, small?.bytes ?? null);
        const { createdAt } = await unlessRefused(file, lane.change(fileKept, file));
        return attachmentView(file, createdAt);
      }),
    setAvatar: ({ path, uploaderId }) =>
      inTurn(async () => {
        const raw = await readFile(path);
        const type = await typeOf(raw);
        if (type === null || !isPicture(type))
          throw new Refusal('UNSUPPORTED_MEDIA', { fields: { file: 'is not a picture that is taken here' } });
        const { bytes, width, height } = await (await drawing()).square(raw, type);
        const id = newId(now());
        const file: NewFile = {
          id,
          uploaderId,
          name: 'avatar.webp',
          type: 'image/webp',
          size: bytes.length,
          width,
          height,
          description: null,
          thumbnail: null,
        };
        await stored(file, bytes, null);
        await unlessRefused(file, lane.change(avatarSet, { userId: uploaderId, file, jobId: newId(now()) }));
        told();
      }),
    card: (bytes) =>
      inTurn(async () => {
        const type = await typeOf(bytes);
        if (type === null || !isPicture(type)) throw new Refusal('UNSUPPORTED_MEDIA');
        return (await drawing()).card(bytes, type);
      }),
    async removeAvatar(userId) {
      await lane.change(avatarSet, { userId, file: null, jobId: newId(now()) });
      told();
    },
    async close() {
      await queue.onIdle();
    },
  };
}
