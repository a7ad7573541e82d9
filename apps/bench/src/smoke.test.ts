import { expect, test } from 'vitest';
import { analytics } from './analytics/analytics.ts';
import type { Place } from './databases.ts';
import { fanout } from './fanout/fanout.ts';
import { pages } from './pages/pages.ts';
import { posts } from './posts/posts.ts';
import { holds, render } from './table.ts';

const server = process.env.TEST_MYSQL_URL;

// Not for the figures: only so that the bench still runs when somebody needs it.
const smoke = async (place: Place) => {
  const posted = await posts(place, { posters: 5, conversations: 20, rounds: 1, ms: 200, peers: false });
  expect(posted.map((row) => row.ratio)).toEqual([undefined, expect.any(Number), expect.any(Number), expect.any(Number)]);
  expect(posted.every((row) => row.ratio === undefined || row.ratio > 0)).toBe(true);
  expect(posted.at(-1)?.what).not.toContain('to 0.0');
  const read = await pages(place, { thousands: 6, depth: 1_000, reads: 10 });
  expect(read).toHaveLength(4);
  const counted = await analytics(place, { conversations: 6, each: 2_000, reads: 2 });
  expect(counted.every((row) => row.ratio === undefined || row.ratio > 0)).toBe(true);
  expect(render([...posted, ...read]).split('\n')).toHaveLength(10);
};
const name = 'the bench posts in every way and finds its pages';
test(`${name} [sqlite]`, () => smoke({ kind: 'sqlite' }));
test.skipIf(!server)(`${name} [mysql]`, () => smoke({ kind: 'mysql', server: server ?? '' }));

test('the bench tells a room’s crowd through every peer', async () => {
  const rows = await fanout({ kind: 'sqlite' }, { subscribers: 5, rounds: 1, ms: 100 });
  expect(rows.map(({ ratio = 0 }) => ratio > 0)).toEqual([true, true, true, true]);
});

test('a row below its gate does not hold, and neither does one without a figure', () => {
  const row = { database: 'sqlite', what: 'x', figure: '' };
  expect([0.9, 1, Number.NaN].map((ratio) => holds({ ...row, ratio, gate: { least: 1 } }))).toEqual([false, true, false]);
  expect([1.4, 1.6, Number.NaN].map((ratio) => holds({ ...row, ratio, gate: { most: 1.5 } }))).toEqual([true, false, false]);
  expect(holds(row)).toBe(true);
});
