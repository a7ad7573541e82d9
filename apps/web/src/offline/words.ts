import { wordsOf } from '../language/words.ts';

export const english = {
  newVersion: 'A new version of KoreroMai is ready.',
  useItNow: 'Use it now',
  keepsNothing: 'This browser keeps nothing for KoreroMai. Everything works, but what is not sent yet is lost when you close the page.',
  noRoom: 'This device has no room left. Everything works, but what is not sent yet may be lost when you close the page.',
};

export const t = wordsOf('offline', english);
