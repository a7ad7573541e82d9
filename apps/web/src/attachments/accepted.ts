import { limits } from '@koreromai/contract';

/** What the server takes, for the file dialog and before anything is sent. */
export const acceptedTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'video/mp4', 'video/webm'];

const mega = 1_048_576;

/** Why this file cannot be sent, in words; null when it can as far as one sees from here. */
export function refusalOfFile(file: Pick<File, 'type' | 'size'>): string | null {
  if (!acceptedTypes.includes(file.type)) return 'Only pictures (PNG, JPEG, WebP, GIF, AVIF) and videos (MP4, WebM) can be sent.';
  if (file.size === 0) return 'This file is empty.';
  return file.size > limits.media.maxBytes ? `This file is larger than ${Math.round(limits.media.maxBytes / mega)} MB.` : null;
}

/** "340 kB", "2.1 MB". */
export function sizeOf(bytes: number): string {
  const [unit, by] = bytes >= mega ? (['megabyte', mega] as const) : (['kilobyte', 1_024] as const);
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumFractionDigits: bytes >= mega ? 1 : 0 }).format(
    Math.max(1, bytes / by),
  );
}
