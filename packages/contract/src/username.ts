import { z } from 'zod';
import { limits } from './limits.ts';

const shape = new RegExp(`^[a-z0-9āēīōū_.-]{${limits.username.min},${limits.username.max}}$`, 'u');

/** E2: the key of a username: NFKC, lower case. Letters with macrons are letters of their own. */
export const usernameKeyOf = (raw: string): string => raw.trim().normalize('NFKC').toLowerCase();

/** E11: what a username looks like, by the pairs of Unicode's confusables within its alphabet: two that look alike have one skeleton. */
export const skeletonOf = (key: string): string =>
  key.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('rn', 'm').replaceAll('vv', 'w');

export const username = z
  .string()
  .max(200)
  .transform(usernameKeyOf)
  .refine((key) => shape.test(key), 'must be 3 to 32 letters, digits, dots, dashes or underscores');
