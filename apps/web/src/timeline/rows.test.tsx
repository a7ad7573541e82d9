import { describe, expect, test } from 'vitest';
import { aroha, ben, message } from '../test/cast.ts';
import { storedBubble } from './bubbles.ts';
import { makeCalendar } from './calendar.ts';
import { daysOf, steady } from './rows.ts';

const auckland = makeCalendar('Pacific/Auckland');
const at = (seq: number, createdAt: string, author = ben) => storedBubble(message({ seq, createdAt, author }), aroha.id);
const drawn = (bubbles: ReturnType<typeof at>[], calendar = auckland, readSeq: number | null = null) =>
  daysOf(bubbles, calendar, readSeq).map((day) => [
    day.day,
    ...day.rows.map((row) => (row.kind !== 'bubble' ? '---' : `${row.bubble.seq}${row.head ? ' head' : ''}${row.tail ? ' tail' : ''}`)),
  ]);

test('UI47: of a day that grows by one message only the neighbour and the new one are other rows', () => {
  const time = '2026-11-21T01:00:00.000Z';
  const bubbles = [at(1, '2026-11-20T01:00:00.000Z'), at(2, time), at(3, time), at(4, time)];
  const before = steady([], daysOf(bubbles.slice(0, 3), auckland, null));
  const after = steady(before, daysOf(bubbles, auckland, null));
  expect(after).toEqual(daysOf(bubbles, auckland, null));
  expect(after[0], 'the day before').toBe(before[0]);
  expect(after[1]?.rows.map((row) => before[1]?.rows.includes(row))).toEqual([true, false, false]);
  expect(steady(after, daysOf(bubbles, auckland, null))).toEqual(after);
});

describe('grouping', () => {
  test('UI11: one author within five minutes is one run; at exactly five minutes a new one begins', () => {
    const bubbles = [at(1, '2026-11-21T01:00:00.000Z'), at(2, '2026-11-21T01:04:59.999Z'), at(3, '2026-11-21T01:09:59.999Z')];
    expect(drawn(bubbles)).toEqual([['2026-11-21', '1 head', '2 tail', '3 head tail']]);
  });

  test('UI11: another author ends the run, and the first one starts anew', () => {
    const time = '2026-11-21T01:00:00.000Z';
    expect(drawn([at(1, time), at(2, time, aroha), at(3, time)])).toEqual([['2026-11-21', '1 head tail', '2 head tail', '3 head tail']]);
  });

  test('UI11: somebody who joins in between ends the run, and stands on their own day', () => {
    const time = '2026-11-21T01:00:00.000Z';
    const joined = (at: string) => ({ what: 'joined', user: ben, by: null, key: at, at, seq: null }) as const;
    const lines = new Map([
      [1, [joined(time)]],
      [2, [joined('2026-11-21T12:00:00.000Z')]], // the next day in Auckland
    ]);
    const days = daysOf([at(1, time), at(2, time)], auckland, null, lines);
    expect(days.map(({ day, rows }) => [day, ...rows.map((row) => (row.kind === 'bubble' ? [row.head, row.tail] : row.kind))])).toEqual([
      ['2026-11-21', [true, true], 'happening', [true, true]],
      ['2026-11-22', 'happening'],
    ]);
  });

  test('UI11: midnight where the reader is ends the run, midnight elsewhere does not', () => {
    const bubbles = [at(1, '2026-11-21T10:59:00.000Z'), at(2, '2026-11-21T11:01:00.000Z')]; // 23:59 and 00:01 in Auckland
    expect(drawn(bubbles)).toEqual([
      ['2026-11-21', '1 head tail'],
      ['2026-11-22', '2 head tail'],
    ]);
    expect(drawn(bubbles, makeCalendar('UTC'))).toEqual([['2026-11-21', '1 head', '2 tail']]);
  });

  test('UI11: the hour that comes twice when summer time ends stays one day and, in real time, two runs', () => {
    // 2026-04-05 03:00 NZDT becomes 02:00 NZST: both are 02:30 on the clock, one hour apart.
    const bubbles = [at(1, '2026-04-04T13:30:00.000Z'), at(2, '2026-04-04T14:30:00.000Z')];
    expect(bubbles.map((bubble) => auckland.time(bubble.createdAt))).toEqual(['2:30 am', '2:30 am']);
    expect(drawn(bubbles)).toEqual([['2026-04-05', '1 head tail', '2 head tail']]);
  });

  test('UI6: the divider stands before the first unread message of another, and ends the run above it', () => {
    const time = '2026-11-21T01:00:00.000Z';
    const bubbles = [at(1, time), at(2, time, aroha), at(3, time), at(4, time)];
    expect(drawn(bubbles, auckland, 1)).toEqual([['2026-11-21', '1 head tail', '2 head tail', '---', '3 head', '4 tail']]);
    expect(drawn([at(1, time), at(2, time)], auckland, 1)).toEqual([['2026-11-21', '1 head tail', '---', '2 head tail']]);
    expect(drawn([at(1, time, aroha)], auckland, 0)).toEqual([['2026-11-21', '1 head tail']]);
  });

  test('UI11: a day that comes back because a clock ran ahead has a key of its own', () => {
    const keys = daysOf(
      [at(1, '2026-11-22T01:00:00.000Z'), at(2, '2026-11-21T01:00:00.000Z'), at(3, '2026-11-22T01:00:00.000Z')],
      auckland,
      null,
    ).map((day) => day.key);
    expect(new Set(keys).size).toBe(3);
  });
});

describe('names of days', () => {
  const nameAt = (day: string, now: string) => auckland.dayName(day, Date.parse(now));

  test('UI11: today becomes yesterday at midnight where the reader is', () => {
    expect(nameAt('2026-11-21', '2026-11-21T10:59:59.000Z')).toBe('Today');
    expect(nameAt('2026-11-21', '2026-11-21T11:00:00.000Z')).toBe('Yesterday');
    expect(nameAt('2026-11-21', '2026-11-22T11:00:00.000Z')).toBe('Saturday, 21 November');
    expect(nameAt('2025-12-31', '2026-11-22T11:00:00.000Z')).toBe('Wednesday, 31 December 2025');
  });

  test('UI11: a day of 23 and a day of 25 hours are one day ago the day after', () => {
    expect(nameAt('2026-09-27', '2026-09-27T11:30:00.000Z')).toBe('Yesterday'); // summer time began on the 27th
    expect(nameAt('2026-09-26', '2026-09-26T12:30:00.000Z')).toBe('Yesterday');
    expect(nameAt('2026-04-05', '2026-04-05T12:30:00.000Z')).toBe('Yesterday'); // and ended on the 5th
    expect(nameAt('2026-04-05', '2026-04-05T11:30:00.000Z')).toBe('Today');
  });
});
