import { expect, it } from 'vitest';
import { backoff, createRetry } from './retry.ts';
import { createFakeClock } from './test/fake-clock.ts';

it('waits twice as long each time, up to half a minute, anywhere between nothing and that', () => {
  expect([0, 1, 2, 3, 6, 40].map((attempt) => backoff(attempt, () => 1))).toEqual([500, 1_000, 2_000, 4_000, 30_000, 30_000]);
  expect(backoff(2, () => 0.5)).toBe(1_000);
  expect(backoff(9, () => 0)).toBe(0);
});

it('runs once, when its time has come', async () => {
  const time = createFakeClock();
  const retry = createRetry(time.clock, () => 1);
  let runs = 0;
  retry.later(() => runs++);
  await time.pass(499);
  expect([runs, retry.waiting]).toEqual([0, true]);
  await time.pass(10_000);
  expect([runs, retry.waiting]).toEqual([1, false]);
});

it('wakes what waits, once', async () => {
  const time = createFakeClock();
  const retry = createRetry(time.clock, () => 1);
  let runs = 0;
  retry.later(() => runs++, 60_000);
  retry.wake();
  retry.wake();
  await time.pass(100_000);
  expect(runs).toBe(1);
});

it('after a reset nothing waits and the next wait is short', async () => {
  const time = createFakeClock();
  const retry = createRetry(time.clock, () => 1);
  for (let n = 0; n < 4; n++) retry.later(() => {});
  expect(time.waiting).toEqual([4_000]);
  retry.reset();
  expect(time.waiting).toEqual([]);
  retry.later(() => {});
  expect(time.waiting).toEqual([500]);
});
