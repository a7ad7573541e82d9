/** Milliseconds of a quarter-hour, the finest grain that is counted. Every time zone in use begins its days on one. */
export const quarterHour = 900_000;
export const day = 86_400_000;

/** The tables that hold counts, and `message` itself, whose unit is one millisecond. */
export const grains = {
  counter_month: { unit: 'month', size: 30 * day },
  counter_pentad: { unit: 'pentad', size: 5 * day },
  counter_day: { unit: 'day', size: day },
  counter: { unit: 'bucket', size: quarterHour },
  message: { unit: 'created_at', size: 1 },
} as const;
export type Grain = keyof typeof grains;

/** Milliseconds since 1970: `from` is included, `to` is not. Null is no bound. */
export interface Span {
  readonly from: number | null;
  readonly to: number | null;
}

/** A run of whole units of one table: `from` is included, `to` is not. Null is no bound. */
export interface Segment extends Span {
  readonly grain: Grain;
}

const ladder = ['counter_month', 'counter_pentad', 'counter_day', 'counter', 'message'] as const satisfies readonly Grain[];

/**
 * Cuts a span into whole units, each of the coarsest table that fits. Days and what is larger count only below `foldedUntil` (a day since
 * 1970): beyond it they are not complete yet, so quarter-hours stand for them. `coarsest` keeps larger units out.
 */
export function segmentsOf(span: Span, foldedUntil: number, coarsest: Grain = 'counter_month'): Segment[] {
  return cut(span, foldedUntil * day, ladder.slice(ladder.indexOf(coarsest))).filter(
    (s) => s.from === null || s.to === null || s.from < s.to,
  );
}

function cut(span: Span, folded: number, [grain, ...finer]: readonly Grain[]): Segment[] {
  if (grain === undefined || isEmpty(span)) return [];
  const { size } = grains[grain];
  const whole = grain === 'counter' || grain === 'message' ? span : { from: span.from, to: Math.min(span.to ?? folded, folded) };
  const from = whole.from === null ? null : Math.ceil(whole.from / size);
  const to = whole.to === null ? null : Math.floor(whole.to / size);
  if (from !== null && to !== null && from >= to) return cut(span, folded, finer);
  const head = from === null ? [] : cut({ from: span.from, to: from * size }, folded, finer);
  const tail = to === null ? [] : cut({ from: to * size, to: span.to }, folded, finer);
  return [...head, { grain, from, to }, ...tail];
}

const isEmpty = ({ from, to }: Span) => from !== null && to !== null && from >= to;
