import { expect, it } from 'vitest';
import { eventually } from './eventually.ts';

it('gives what it was waiting for', async () => {
  let looks = 0;
  expect(await eventually('the third look', () => ++looks === 3 && 'here', { every: 1 })).toBe('here');
  expect(looks).toBe(3);
});

it('takes 0 and the empty text for something found', async () => {
  expect(await eventually('nought', () => 0)).toBe(0);
  expect(await eventually('nothing written', async () => '')).toBe('');
});

it('says what did not come, and gives up', async () => {
  await expect(eventually('the tide', () => null, { within: 5, every: 1 })).rejects.toThrow('Not within 5 ms: the tide');
});
