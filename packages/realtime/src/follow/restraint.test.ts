import { expect, test } from 'vitest';
import { createRestraint } from './restraint.ts';

function restrained() {
  const lane = { served: 0 };
  const at = { load: 1, now: 0 };
  const restraint = createRestraint({ lane, load: () => at.load, clock: () => at.now });
  const beside = (took: number) => {
    lane.served++;
    return restraint.rest(took);
  };
  return { lane, at, restraint, beside };
}

test('a follower rests twenty times as long as it worked, and four seconds at most, while others are served and nothing is to spare', () => {
  const { at, restraint, beside } = restrained();
  const later = (took: number) => {
    at.now += 10_000;
    return beside(took);
  };
  expect([10, 200, 201, 60_000].map(later)).toEqual([200, 4_000, 4_000, 4_000]);
  at.load = 0.65;
  expect(later(100)).toBeCloseTo(1_000);
  at.load = 0.5;
  expect(later(60_000)).toBe(0);
  at.load = 1;
  expect(later(1)).toBe(20);
  at.now += 250; // nobody was served since
  expect(restraint.rest(60_000)).toBe(0);
});

test('several of them rest in turn for what all have done, so that together they take no more than one would', () => {
  const { at, beside } = restrained();
  expect([beside(10), beside(10), beside(5)]).toEqual([200, 400, 500]);
  at.now = 450;
  expect(beside(10)).toBe(250);
  at.load = 0.4; // there is enough for all again
  expect([beside(10), beside(10)]).toEqual([0, 0]);
});

test('as many events as it likes are handled at once while it is alone, and a part of them while others are served', () => {
  const { lane, at, restraint } = restrained();
  expect(restraint.most(1_000)).toBe(1_000);
  lane.served++;
  expect([restraint.most(1_000), restraint.most(1)]).toEqual([250, 1]);
  at.now = 249; // another has looked meanwhile
  expect(restraint.most(1_000)).toBe(250);
  at.now = 250;
  expect(restraint.most(1_000)).toBe(1_000);
});
