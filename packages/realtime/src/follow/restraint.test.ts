import { expect, test } from 'vitest';
import { createRestraint } from './restraint.ts';

test('a follower rests twenty times as long as it worked, and four seconds at most, while others are served and nothing is to spare', () => {
  const lane = { served: 0 };
  let load = 1;
  const rest = createRestraint(lane, () => load);
  const beside = (took: number) => {
    lane.served++;
    return rest(took);
  };
  expect([10, 200, 201, 60_000].map(beside)).toEqual([200, 4_000, 4_000, 4_000]);
  load = 0.65;
  expect(beside(100)).toBeCloseTo(1_000);
  load = 0.5;
  expect(beside(60_000)).toBe(0);
  load = 1;
  expect(rest(60_000)).toBe(0); // nobody was served since
});
