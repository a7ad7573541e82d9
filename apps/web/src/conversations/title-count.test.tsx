import { describe, expect, test } from 'vitest';
import { pageTitle } from './title-count.ts';

describe('the title of the page', () => {
  test.each([
    [0, 'KoreroMai'],
    [3, '(3) KoreroMai'],
    [99, '(99) KoreroMai'],
    [100, '(99+) KoreroMai'],
  ])('UI5: %i unread make %j', (unread, title) => {
    expect(pageTitle(unread)).toBe(title);
  });
});
