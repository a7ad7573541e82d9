import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOf, piecesOf } from './daily.ts';
import { day, type Zone, zoneNamed } from './zone.ts';

const zone = (name: string): Zone => {
  const found = zoneNamed(name);
  if (!found) throw new Error(`${name} is a zone.`);
  return found;
};
const date = (text: string) => Date.parse(`${text}T00:00:00Z`) / day;
const first = (name: string, text: string) => new Date(zone(name).firstInstantOf(date(text))).toISOString();
/** Asked of the platform in another way than the code does. */
const localDate = (instant: number, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant);

test('R081: the first instant of a day is its midnight, and where the clocks jump over midnight the instant after', () => {
  expect(first('UTC', '2026-11-21')).toBe('2026-11-21T00:00:00.000Z');
  expect(first('Pacific/Auckland', '2026-11-21')).toBe('2026-11-20T11:00:00.000Z');
  expect(first('Pacific/Auckland', '2026-07-01')).toBe('2026-06-30T12:00:00.000Z');
  expect(first('Pacific/Auckland', '2026-09-27')).toBe('2026-09-26T12:00:00.000Z'); // summer begins at 02:00
  expect(first('Pacific/Auckland', '2026-09-28')).toBe('2026-09-27T11:00:00.000Z');
  expect(first('America/New_York', '2026-11-01')).toBe('2026-11-01T04:00:00.000Z'); // summer ends at 02:00
  expect(first('America/New_York', '2026-11-02')).toBe('2026-11-02T05:00:00.000Z');
  expect(first('Asia/Kathmandu', '2026-11-21')).toBe('2026-11-20T18:15:00.000Z');
  expect(first('America/Havana', '2026-03-08')).toBe('2026-03-08T05:00:00.000Z'); // 00:00 is 01:00
  expect(first('America/St_Johns', '2006-10-29')).toBe('2006-10-29T02:30:00.000Z'); // and at 00:01 it is yesterday again for an hour
  expect(first('Pacific/Apia', '2011-12-30')).toBe('2011-12-30T10:00:00.000Z'); // a day that Samoa left out
  expect(first('Pacific/Apia', '2011-12-31')).toBe('2011-12-30T10:00:00.000Z');
});

test('a name is known in any case of letters, and nothing else is', () => {
  expect(zoneNamed('pacific/auckland')?.name).toBe('Pacific/Auckland');
  for (const name of ['', '+05:45', '-03:00', 'Pacific', 'Pacific/Nowhere', 'NZDT?', ' UTC', 'constructor'])
    expect(zoneNamed(name), name).toBeNull();
});

const places = [
  'Pacific/Auckland',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/Havana',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
];
const instants = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2037, 11, 31) });

test('every day begins where the platform says that its date begins, in any zone', () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), instants, (name, instant) => {
      const here = zone(name);
      const number = here.dayOf(instant);
      const begins = here.firstInstantOf(number);
      const text = new Date(number * day).toISOString().slice(0, 10);
      expect(localDate(instant, name)).toBe(text);
      expect(localDate(begins, name)).toBe(text);
      expect(localDate(begins - 1, name) < text).toBe(true);
      expect(begins % 900_000).toBe(0); // quarter-hours are fine enough
    }),
    { numRuns: 400 },
  );
});

test('pieces cover a span without gap, and within each the clocks stand still', () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), instants, fc.integer({ min: 1, max: 120 * day }), (name, from, length) => {
      const here = zone(name);
      const pieces = piecesOf(here, { from, to: from + length });
      expect(pieces[0]?.from).toBe(from);
      expect(pieces.at(-1)?.to).toBe(from + length);
      for (const [i, piece] of pieces.entries()) {
        if (i > 0) expect(piece.from).toBe(pieces[i - 1]?.to);
        for (const instant of [piece.from ?? 0, (piece.to ?? 0) - 1]) expect(here.offsetAt(instant)).toBe(piece.offset);
      }
    }),
    { numRuns: 100 },
  );
});

test('days come newest first, only those that were, and no more than asked', () => {
  const apia = zone('Pacific/Apia');
  const [from, until] = [apia.firstInstantOf(date('2011-12-28')), apia.firstInstantOf(date('2012-01-02'))];
  const shown = (beyond: number | null, count: number) =>
    daysOf(apia, from, until, beyond, count).map((n) => new Date(n * day).toISOString().slice(0, 10));
  expect(shown(null, 10)).toEqual(['2012-01-01', '2011-12-31', '2011-12-29', '2011-12-28']);
  expect(shown(date('2011-12-31'), 1)).toEqual(['2011-12-29']);
  expect(shown(date('2011-12-28'), 5)).toEqual([]);
  expect(daysOf(apia, until, from, null, 5)).toEqual([]);
});
