import type { Attachment } from '@koreromai/client';

/** The pictures of one message, and which of them is looked at. */
export interface Viewed {
  readonly files: readonly Attachment[];
  readonly at: number;
}

/** What stands for a picture where it is not seen: its sender's words, else its name. */
export const altOf = ({ description, name }: Pick<Attachment, 'description' | 'name'>): string => description || name;

export const isVideo = (file: Pick<Attachment, 'type'>): boolean => file.type.startsWith('video/');
