import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('no more than so many are begun at once, the rest in the order in which they came, whatever becomes of those before', async () => {
  const turns = createTurns(3);
  const ends: PromiseWithResolvers<void>[] = [];
  const begun: number[] = [];
  const take = (n: number) =>
    turns.take(() => {
      begun.push(n);
      const end = Promise.withResolvers<void>();
      ends.push(end);
      return end.promise;
    });
  for (let n = 0; n < 6; n++) take(n);
  expect([begun, turns.waiting]).toEqual([[0, 1, 2], 3]);
  ends[1]?.reject(new Error('nobody’s business here'));
  await Promise.resolve();
  await Promise.resolve();
  take(6);
  expect([begun, turns.waiting]).toEqual([[0, 1, 2, 3], 3]);
  for (let done = 0; begun.length < 7; done++) {
    ends[done]?.resolve();
    await new Promise((turn) => setImmediate(turn));
  }
  expect([begun, turns.waiting]).toEqual([[0, 1, 2, 3, 4, 5, 6], 0]);
});
