import { quarterHour, type Segment, segmentsOf } from '@koreromai/db';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const day = 96 * quarterHour;
const sizes = { counter_month: 30 * day, counter_pentad: 5 * day, counter_day: day, counter: quarterHour, message: 1 };
const bounds = ({ grain, from, to }: Segment) => [
  from === null ? Number.NEGATIVE_INFINITY : from * sizes[grain],
  to === null ? Number.POSITIVE_INFINITY : to * sizes[grain],
];

const now = Date.UTC(2026, 10, 21, 3);
const instant = fc.oneof(
  fc.integer({ min: now - 400 * day, max: now + day }),
  fc.integer({ min: -400, max: 1 }).map((n) => Math.floor(now / day + n) * day),
  fc.integer({ min: -40_000, max: 96 }).map((n) => Math.floor(now / quarterHour + n) * quarterHour),
);
const span = fc
  .tuple(fc.option(instant), fc.option(instant))
  .filter(([from, to]) => from === null || to === null || from < to)
  .map(([from, to]) => ({ from, to }));
const folded = fc.integer({ min: -410, max: 0 }).map((n) => Math.floor(now / day) + n);

test('segments cover the span once, days and what is larger only where they are complete', () => {
  fc.assert(
    fc.property(span, folded, (asked, foldedUntil) => {
      const sorted = segmentsOf(asked, foldedUntil).toSorted((a, b) => (bounds(a)[0] ?? 0) - (bounds(b)[0] ?? 0));
      let reached = asked.from ?? Number.NEGATIVE_INFINITY;
      for (const segment of sorted) {
        const [from = 0, to = 0] = bounds(segment);
        expect(from).toBe(reached);
        if (segment.grain !== 'counter' && segment.grain !== 'message') expect(to).toBeLessThanOrEqual(foldedUntil * day);
        reached = to;
      }
      expect(reached).toBe(asked.to ?? Number.POSITIVE_INFINITY);
    }),
    { numRuns: 2_000 },
  );
});

test('a range of any length reads few units: no more than 5 pentads, 4 days and 95 quarter-hours at each end, and minutes of rows', () => {
  fc.assert(
    fc.property(instant, instant, (from, to) => {
      const units = { counter_month: 0, counter_pentad: 0, counter_day: 0, counter: 0, message: 0 };
      for (const s of segmentsOf({ from, to }, Math.floor(now / day) + 2)) units[s.grain] += (s.to ?? 0) - (s.from ?? 0);
      expect(units.counter_pentad).toBeLessThanOrEqual(2 * 5);
      expect(units.counter_day).toBeLessThanOrEqual(2 * 4);
      expect(units.counter).toBeLessThanOrEqual(2 * 95);
      expect(units.message).toBeLessThan(2 * quarterHour);
    }),
    { numRuns: 2_000 },
  );
});

test('nothing is read of a span that is empty', () => {
  expect(segmentsOf({ from: now, to: now }, 0)).toEqual([]);
  expect(segmentsOf({ from: now, to: now - 1 }, 0)).toEqual([]);
});
