import { wordsOf } from '../language/words.ts';

export const english = {
  code: 'Code',
  copyCode: 'Copy the code',
};

export const t = wordsOf('text', english);
