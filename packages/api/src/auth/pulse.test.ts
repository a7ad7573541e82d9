import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPulse } from './pulse.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('F9: who asks a process that stood still waits until it has looked, whether a timer or the question comes first', async () => {
  let looked = 0;
  let ends: (() => void)[] = [];
  const pulse = createPulse(() => {
    looked++;
    return new Promise((resolve) => ends.push(resolve));
  });
  const sleeping = vi.spyOn(performance, 'now');
  const sleep = () => sleeping.mockReturnValue(performance.now() + 3_000);
  vi.advanceTimersByTime(60_000);
  expect([pulse.caughtUp(), looked], 'it beat all the time').toEqual([null, 0]);

  sleep();
  const waiting = pulse.caughtUp();
  expect(waiting).toBeInstanceOf(Promise);
  expect(pulse.caughtUp(), 'all wait for the same look').toBe(waiting);
  expect(looked).toBe(1);

  sleep();
  const again = pulse.caughtUp();
  expect(again, 'what began before it slept again is no news').not.toBe(waiting);
  ends[0]?.();
  await waiting;
  expect(pulse.caughtUp()).toBe(again);
  ends[1]?.();
  await again;
  expect(pulse.caughtUp()).toBeNull();

  ends = [];
  sleep();
  vi.advanceTimersByTime(500);
  expect(looked, 'a timer came first').toBe(3);
  expect(pulse.caughtUp()).toBeInstanceOf(Promise);
  pulse.close();
});
