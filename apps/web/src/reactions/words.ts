import { plural } from '../language/grammar.ts';
import { wordsOf } from '../language/words.ts';

export const english = {
  chooseEmoji: 'Choose an emoji',
  addReaction: 'Add a reaction',
  likes: (count: number) => plural(count, { one: '1 like', other: `${count} likes` }),
  yoursToo: (what: string) => `${what}, yours among them`,
  others: 'others',
};

export const t = wordsOf('reactions', english);
