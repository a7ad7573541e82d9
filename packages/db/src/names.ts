import { createHash } from 'node:crypto';
import { skeletonOf } from '@koreromai/contract';

/** The key under which a username is taken for ever. */
export const handleOf = (username: string): Buffer => createHash('sha256').update(skeletonOf(username)).digest();

/** Words as they are looked for: lower case, without marks, so that `ngata` finds Ngāta. Each once, cut to 80 letters. */
export function nameWordsOf(...texts: readonly string[]): string[] {
  const plain = texts.join(' ').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [...new Set((plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => [...word].slice(0, 80).join('')))];
}
