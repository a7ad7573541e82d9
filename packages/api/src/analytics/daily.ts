import type { AnalyticsInput, DailyCount, Page } from '@koreromai/contract';
import { dailyCounts, firstCounted, type Piece, quarterHour } from '@koreromai/db';
import { z } from 'zod';
import type { Caller } from '../context.ts';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { rangeOf } from './range.ts';
import { scopeOf } from './scope.ts';
import { day, type Zone } from './zone.ts';

/** Messages of each local day, newest day first, days without any among them: from the range's beginning, or the first message ever, to today. */
export async function dailyPage(services: Services, caller: Caller, input: AnalyticsInput): Promise<Page<DailyCount>> {
  const range = rangeOf(input);
  const scope = await scopeOf(services, caller, input);
  const side = services.db.side;
  // Nothing was said after now, so the quarter-hour that lasts counts as a whole one and no message is looked at.
  const until = Math.min(range.to ?? Number.MAX_SAFE_INTEGER, (Math.floor(services.now() / quarterHour) + 1) * quarterHour);
  const from = range.from ?? (await firstCounted(side, scope.conversations)) ?? until;
  return paged({
    seal: services.seal,
    list: `daily ${caller.id} ${range.from} ${range.to} ${range.zone.name} ${input.conversationId}`,
    key: z.int(),
    ...{ cursor: input.cursor, limit: input.limit },
    rows: async (beyond, count) => {
      const days = daysOf(range.zone, from, until, beyond, count);
      const [first, last] = [days.at(-1), days.at(0)];
      if (first === undefined || last === undefined) return [];
      const span = { from: Math.max(from, range.zone.firstInstantOf(first)), to: Math.min(until, range.zone.firstInstantOf(last + 1)) };
      const counts = await dailyCounts(side, scope.conversations, piecesOf(range.zone, span), scope.foldedUntil);
      return days.map((number) => ({ day: dateOf(number), messages: counts.get(number) ?? 0 }));
    },
    keyOf: (row) => Date.parse(row.day) / day,
  });
}

const dateOf = (number: number) => new Date(number * day).toISOString().slice(0, 10);

/** At most `count` local days from `until` (not included) down to `from`, below `beyond`. A date that a zone left out is none of them. */
export function daysOf(zone: Zone, from: number, until: number, beyond: number | null, count: number): number[] {
  const days: number[] = [];
  if (from >= until) return days;
  const [oldest, newest] = [zone.dayOf(from), zone.dayOf(until - 1)];
  for (let number = Math.min(newest, (beyond ?? newest + 1) - 1); number >= oldest && days.length < count; number--) {
    if (zone.firstInstantOf(number) < zone.firstInstantOf(number + 1)) days.push(number);
  }
  return days;
}

/** The span in pieces between which the clocks were moved. */
export function piecesOf(zone: Zone, { from, to }: { from: number; to: number }): Piece[] {
  const pieces: Piece[] = [];
  let begin = from;
  for (let look = from; look < to; ) {
    const next = Math.min(look + day, to);
    const moved = zone.movedBetween(look, next);
    if (moved !== null && moved < to) {
      pieces.push({ from: begin, to: moved, offset: zone.offsetAt(begin) });
      begin = moved;
    }
    look = next;
  }
  pieces.push({ from: begin, to, offset: zone.offsetAt(begin) });
  return pieces;
}
