import { limits } from '@koreromai/contract';
import { measured } from '../language/grammar.ts';
import { t } from './words.ts';

/** What the server takes, for the file dialog and before anything is sent. */
export const acceptedTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'video/mp4', 'video/webm'];

const mega = 1_048_576;

/** Why this file cannot be sent, in words; null when it can as far as one sees from here. */
export function refusalOfFile(file: Pick<File, 'type' | 'size'>): string | null {
  if (!acceptedTypes.includes(file.type)) return t('wrongKind');
  if (file.size === 0) return t('empty');
  return file.size > limits.media.maxBytes ? t('tooLarge', Math.round(limits.media.maxBytes / mega)) : null;
}

/** "340 kB", "2.1 MB". */
export function sizeOf(bytes: number): string {
  const [unit, by] = bytes >= mega ? (['megabyte', mega] as const) : (['kilobyte', 1_024] as const);
  return measured(Math.max(1, bytes / by), unit, bytes >= mega ? 1 : 0);
}
