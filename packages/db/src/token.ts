import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { bytesOf, idOf } from './ids.ts';

/** What a link is good for: a token of one use opens no other door. */
export type TokenUse = 'invitation' | 'reset' | 'unsubscribe' | 'uninvite';

const mac = (secret: Buffer, use: TokenUse, id: string) =>
  createHmac('sha256', createHash('sha256').update(secret).update(use).digest().subarray(0, 16)).update(id).digest().subarray(0, 16);

/** The token of a link, derived from the instance's secret: 43 letters, of which 128 bits cannot be guessed. Nothing of it is stored but the id. */
export const tokenOf = (secret: Buffer, use: TokenUse, id: string): string =>
  Buffer.concat([bytesOf(id), mac(secret, use, id)]).toString('base64url');

/** The id inside a token, or null when it was not made here for this use. */
export function openToken(secret: Buffer, use: TokenUse, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== token) return null;
  const id = idOf(bytes.subarray(0, 16));
  return timingSafeEqual(mac(secret, use, id), bytes.subarray(16)) ? id : null;
}
