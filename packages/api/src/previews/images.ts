import { limits } from '@koreromai/contract';
import { idOf, imagesBeyond, newId, type Reader } from '@koreromai/db';
import type { Lane } from '@koreromai/realtime';
import type { Media } from '../attachments/media.ts';
import { originalKey, type Storage } from '../attachments/storage/storage.ts';
import { imagesDropped, type KeptImage } from './changes.ts';
import type { Fetcher } from './fetch.ts';

export interface Images {
  /** Fetches a picture of a page and stores it, drawn anew (S5, U5). Null for what is none, and for what cannot be fetched or drawn. */
  take(url: string, fetcher: Fetcher, ending: AbortSignal): Promise<KeptImage | null>;
  /** Removes one that was replaced, and the oldest beyond how many are kept. */
  tidy(replaced: string | null): Promise<void>;
}

interface Options {
  readonly storage: Storage;
  readonly media: Pick<Media, 'card'>;
  readonly read: Reader;
  readonly lane: Lane;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
}

const { maxBytes, kept } = limits.previews.image;
const atOnce = 100;

/** Bytes first, then the row; bytes of which no row tells are swept like those of uploads. */
export function createImages({ storage, media, read, lane, now, onFault }: Options): Images {
  return {
    async take(url, fetcher, ending) {
      const drawn = await fetcher
        .picture(url, ending)
        .then((bytes) => media.card(bytes))
        .catch(() => null); // whatever a stranger's server gives is no fault of ours
      if (drawn === null || drawn.bytes.length > maxBytes) return null;
      const { bytes, width, height } = drawn;
      const id = newId(now());
      try {
        await storage.put(originalKey(id), bytes);
      } catch (error) {
        onFault(error); // a preview does without
        return null;
      }
      return { id, width, height, size: bytes.length };
    },
    async tidy(replaced) {
      if (replaced !== null) await storage.remove(originalKey(replaced));
      const ids = (await imagesBeyond(read, kept, atOnce)).map((row) => idOf(row.id));
      if (ids.length === 0) return;
      await lane.change(imagesDropped, { ids });
      for (const id of ids) await storage.remove(originalKey(id));
    },
  };
}
