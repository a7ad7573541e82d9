import type { Attachment } from '@koreromai/client';

/** The pictures of one message, and which of them is looked at. */
export interface Viewed {
  readonly files: readonly Attachment[];
  readonly at: number;
}

export const isVideo = (file: Pick<Attachment, 'type'>): boolean => file.type.startsWith('video/');
