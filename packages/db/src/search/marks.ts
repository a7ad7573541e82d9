/** What a message can be asked for besides its words. */
export type Kind = 'attachment' | 'image' | 'link' | 'video';

/** Facts about a message that the index keeps among its words. No word has these signs. */
export const authorMark = (userId: string) => `@${userId.replaceAll('-', '')}`;
export const kindMark = (kind: Kind) => `!${kind}`;

const link = /\bhttps?:\/\/[^\s/]/iu;

/** The kinds of a message by its text and the types of its files. */
export function kindsOf(text: string, types: readonly string[]): Kind[] {
  const kinds: Kind[] = link.test(text) ? ['link'] : [];
  if (types.length > 0) kinds.push('attachment');
  if (types.some((type) => type.startsWith('image/'))) kinds.push('image');
  if (types.some((type) => type.startsWith('video/'))) kinds.push('video');
  return kinds;
}
