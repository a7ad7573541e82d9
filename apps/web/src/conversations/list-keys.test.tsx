import { expect, test } from 'vitest';
import { listStep } from './list-keys.ts';

test('UI32: arrows, Home and End move in the list and stop at its ends', () => {
  expect(listStep('ArrowDown', 0, 3)).toBe(1);
  expect(listStep('ArrowDown', 2, 3)).toBe(2);
  expect(listStep('ArrowUp', 0, 3)).toBe(0);
  expect(listStep('End', 0, 3)).toBe(2);
  expect(listStep('a', 0, 3)).toBeNull();
  expect(listStep('ArrowDown', -1, 0)).toBeNull();
});
