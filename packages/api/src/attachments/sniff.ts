import { fileTypeFromBuffer } from 'file-type';

const endings = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
} as const;

export type MediaType = keyof typeof endings;
export type PictureType = Extract<MediaType, `image/${string}`>;

/** How names of such files end. */
export const endingOf = (type: MediaType): string => endings[type];

export const isPicture = (type: MediaType): type is PictureType => type.startsWith('image/');

/** What the bytes are, whatever their name or their sender say of them; null when it is nothing that we take. */
export async function typeOf(bytes: Uint8Array): Promise<MediaType | null> {
  const found = await fileTypeFromBuffer(bytes);
  return found && Object.hasOwn(endings, found.mime) ? (found.mime as MediaType) : null;
}
