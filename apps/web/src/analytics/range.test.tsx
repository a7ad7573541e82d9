import { describe, expect, test } from 'vitest';
import { boundsOf, bundled, csvOf, everyDay, faultOf, rangeOf } from './range.ts';

const custom = { from: '2026-01-01', to: '2026-01-31' };

describe('the range of the numbers', () => {
  test('UI41: seven days are today and the six before it, across the end of a month', () => {
    expect(rangeOf('7', '2026-03-03', custom)).toEqual({ from: '2026-02-25', to: '2026-03-03' });
    expect(rangeOf('today', '2026-03-03', custom)).toEqual({ from: '2026-03-03', to: '2026-03-03' });
    expect(rangeOf('all', '2026-03-03', custom)).toEqual({ from: '', to: '' });
    expect(rangeOf('custom', '2026-03-03', custom)).toBe(custom);
  });
  test('UI41: the last day is included, so the server is asked up to the day after it', () => {
    expect(boundsOf(custom)).toEqual({ from: '2026-01-01', to: '2026-02-01' });
    expect(boundsOf({ from: '', to: '2024-02-28' })).toEqual({ to: '2024-02-29' });
    expect(boundsOf({ from: '', to: '' })).toEqual({});
  });
  test('UI41: days the wrong way round are said before anything is asked', () => {
    expect(faultOf({ from: '2026-02-02', to: '2026-02-01' })).toMatch(/after/);
    expect(faultOf({ from: '2026-02-02', to: '2026-02-02' })).toBeUndefined();
  });
});

test('UI41: days without messages are there too, and a year becomes bars that can be seen, with nothing lost', () => {
  const days = everyDay(
    [
      { day: '2026-01-03', messages: 2 },
      { day: '2026-01-01', messages: 5 },
    ],
    { from: '', to: '' },
    '2026-01-04',
  );
  expect(days.map((each) => each.messages)).toEqual([5, 0, 2, 0]);
  const year = everyDay([{ day: '2025-06-01', messages: 9 }], { from: '2025-01-01', to: '2025-12-31' }, '2026-01-04');
  const bars = bundled(year, 60);
  expect(year).toHaveLength(365);
  expect(bars.length).toBeLessThanOrEqual(60);
  expect(bars.reduce((sum, bar) => sum + bar.messages, 0)).toBe(9);
  expect([bars[0]?.from, bars.at(-1)?.to]).toEqual(['2025-01-01', '2025-12-31']);
});

test('UI41: a name in the CSV can neither break a row nor run as a formula', () => {
  expect(
    csvOf([
      ['Aroha, "A"', 3],
      ['=1+1', 2],
      ['line\nbreak', 1],
    ]),
  ).toBe('"Aroha, ""A""",3\r\n\'=1+1,2\r\n"line\nbreak",1\r\n');
});
