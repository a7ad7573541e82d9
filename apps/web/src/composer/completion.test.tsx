import { expect, test } from 'vitest';
import { aroha, group, member, mere, message, person } from '../test/cast.ts';
import { partsOf } from '../text/mentions.tsx';
import { type Asking, offersFor } from './offers.ts';
import { unfinishedAt } from './unfinished.ts';

const at = (text: string) => unfinishedAt(text, text.length);

test('UI16: a word is finished that begins with a sign, not an address, a time or the middle of a word', () => {
  expect(at('Kia ora @be')).toEqual({ sign: '@', word: 'be', from: 8 });
  expect(at('@')).toEqual({ sign: '@', word: '', from: 0 });
  expect(at('(#kōre')).toEqual({ sign: '#', word: 'kōre', from: 1 });
  expect(at('wow :smi')).toEqual({ sign: ':', word: 'smi', from: 4 });
  for (const plain of ['ben@example', 'at 10:30', 'so: no', 'https://a', 'one :s', '@ben ', 'C#']) expect(at(plain)).toBeNull();
  expect(unfinishedAt('@be and more', 3)).toEqual({ sign: '@', word: 'be', from: 0 });
});

const māia = person('Māia');
const asking = (parts: Partial<Asking> = {}): Asking => ({
  api: {} as Asking['api'],
  conversation: group({ members: [member(aroha, 'owner'), member(māia), member(mere)] }),
  said: [],
  meId: aroha.id,
  ...parts,
});
const named = async (word: string, parts?: Partial<Asking>) =>
  (await offersFor({ sign: '@', word, from: 0 }, asking(parts))).map((offer) => offer.text);

test('UI16: only people of the chat are offered, macrons need not be typed, and a group may be named as a whole', async () => {
  expect(await named('mai')).toEqual(['@māia ']);
  expect(await named('m')).toEqual(['@māia ', '@mere ']);
  expect(await named('')).toEqual(['@māia ', '@mere ', '@here ']);
  expect(await named('aroha'), 'not oneself').toEqual([]);
  expect(await named('he', { conversation: group({ kind: 'direct' }) })).toEqual([]);
});

test('UI16: in a room those are offered who have spoken there, the latest first', async () => {
  const room = group({ kind: 'room', members: [] });
  const said = [message({ seq: 1, author: mere }), message({ seq: 2, author: māia })];
  expect(await named('m', { conversation: room, said })).toEqual(['@māia ', '@mere ']);
});

test('UI16: only whom the server names is set apart, also before the end of a sentence, and the text stays whole', () => {
  const mentions = [{ userId: 'ben', handle: 'ben' }];
  const text = 'Ask @Ben. Or @bene, or me@ben';
  const parts = partsOf(text, mentions, 'me');
  expect(parts.filter((part) => part.named).map((part) => part.text)).toEqual(['@Ben']);
  expect(parts.map((part) => part.text).join('')).toBe(text);
  expect(
    partsOf(
      '@here!',
      [
        { userId: 'ben', handle: 'here' },
        { userId: 'me', handle: 'here' },
      ],
      'me',
    )[0]?.named?.userId,
  ).toBe('me');
});
