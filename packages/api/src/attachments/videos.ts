import { broken } from './broken.ts';
import { scrubMp4 } from './mp4.ts';
import type { MediaType, PictureType } from './sniff.ts';
import { scrubWebm } from './webm.ts';

export interface Scrubbed {
  readonly width: number | null;
  readonly height: number | null;
}

/** Takes out of a video, in place, what is not its pictures and its sound, and gives the size at which it is shown. Throws UNSUPPORTED_MEDIA. */
export function scrubVideo(bytes: Buffer, type: Exclude<MediaType, PictureType>): Scrubbed {
  try {
    return type === 'video/mp4' ? scrubMp4(bytes) : scrubWebm(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw broken(); // read beyond the end
    throw error;
  }
}
