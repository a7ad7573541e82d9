import { Refusal } from '@koreromai/contract';
import type { Span } from '@koreromai/db';
import { day, type Zone, zoneNamed } from './zone.ts';

export interface Range extends Span {
  readonly zone: Zone;
}

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly tz?: string | undefined;
}

/** Reads what was asked: `from` is included, `to` is not, null is no bound. Throws BAD_RANGE, with the fields' names as the caller knows them. */
export function rangeOf({ from, to, tz = 'UTC' }: Asked, called = { from: 'from', to: 'to' }): Range {
  const zone = zoneNamed(tz) ?? bad('tz', 'must be a name of the IANA time zone database, such as Pacific/Auckland');
  const range = { zone, from: boundOf(called.from, from, zone), to: boundOf(called.to, to, zone) };
  if (range.from !== null && range.to !== null && range.from >= range.to) bad(called.to, `must be after ${called.from}`);
  return range;
}

function boundOf(field: string, value: string | undefined, zone: Zone): number | null {
  if (value === undefined) return null;
  const date = dateOf(value.slice(0, 10));
  if (date !== null && value.length === 10) return zone.firstInstantOf(date);
  const instant = date !== null && withTime.test(value) ? Date.parse(value.toUpperCase()) : Number.NaN;
  return Number.isNaN(instant) ? bad(field, 'must be a date like 2026-11-21 or an instant like 2026-11-21T03:00:00Z') : instant;
}

/** RFC 3339 with an offset: without one nobody knows which instant is meant. */
const withTime = /^.{10}[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A date of the calendar as days since 1970; null for what is none, such as 2026-02-30. */
function dateOf(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text ? null : instant / day;
}

function bad(field: string, why: string): never {
  throw new Refusal('BAD_RANGE', { fields: { [field]: why } });
}
