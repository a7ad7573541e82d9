import { rates } from '@koreromai/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLimiter } from './limiter.ts';
import { verdict } from './test/refused.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('A5: who goes on guessing does not hold the door shut: the window passes, and the owner is looked at again', async () => {
  const limiter = createLimiter('on');
  const tries = async (count: number) => {
    const answers: string[] = [];
    for (let i = 0; i < count; i++) answers.push(await verdict(limiter.take('signIn', 'anahera@example.nz')));
    return answers.filter((answer) => answer === 'done').length;
  };
  expect(await tries(100)).toBe(rates.signIn.points);
  await vi.advanceTimersByTimeAsync(rates.signIn.per - 1_000);
  expect(await tries(100), 'a second before').toBe(0);
  await vi.advanceTimersByTimeAsync(1_001);
  expect(await tries(1)).toBe(1);
  await limiter.giveBack('signIn', 'anahera@example.nz');
  expect(await tries(100), 'the right password is not counted').toBe(rates.signIn.points);
});
