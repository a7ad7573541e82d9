import type { Refused } from '@koreromai/client';
import { type ErrorCode, errorCodes } from '@koreromai/contract';
import { language, wordsOf } from './words.ts';

const sentences = Object.entries(errorCodes).map(([code, [, sentence]]) => [code, sentence]);

/** The sentences of the contract, and the client's own for when no answer came. */
export const english: Readonly<Record<Refused['code'], string>> = {
  ...(Object.fromEntries(sentences) as Record<ErrorCode, string>),
  NETWORK: 'The server cannot be reached. Check your connection and try again.',
};

const t = wordsOf('refusals', english);

/** Why something was refused: in English as the server said it, in another language by its code. */
export const reasonOf = (refused: Pick<Refused, 'code' | 'message'>): string =>
  language() === 'en' ? refused.message : (t(refused.code) ?? refused.message);
