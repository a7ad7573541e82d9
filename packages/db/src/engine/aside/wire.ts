import type { EventRow, Head, Lookup, Move, Row, Value, Write } from '../engine.ts';

/** A value on its way between threads, in JSON: bytes go as the letters of the same codes. Copying each buffer costs more than it carries. */
type Wired = string | number | null | readonly [letters: string];
type WiredRow = Readonly<Record<string, Wired>>;

type WiredWrite =
  | (Omit<Extract<Write, { do: 'insert' }>, 'rows'> & { readonly rows: readonly (readonly Wired[])[] })
  | (Omit<Extract<Write, { do: 'update' }>, 'set' | 'where'> & { readonly set: WiredRow; readonly where: WiredRow })
  | (Omit<Extract<Write, { do: 'delete' }>, 'where'> & { readonly where: WiredRow });
type WiredEvent = readonly [Wired, number, string, Wired, Wired, number | null, number];
type WiredHead = readonly [Wired, number];
type WiredMove = readonly [Wired, from: number, to: number];
type WiredLookup = Omit<Lookup, 'keys'> & { readonly keys: readonly (readonly Wired[])[] };

/** What the lane's thread is asked, as `JSON.stringify` takes it. */
export type Order =
  | {
      readonly do: 'begin' | 'look';
      readonly locks: readonly Wired[];
      readonly lookups: readonly WiredLookup[];
    }
  | {
      readonly do: 'commit';
      readonly writes: readonly WiredWrite[];
      readonly events: readonly WiredEvent[];
      readonly heads: readonly WiredHead[];
    }
  | {
      readonly do: 'commitAt';
      readonly writes: readonly WiredWrite[];
      readonly events: readonly WiredEvent[];
      readonly moves: readonly WiredMove[];
    }
  | { readonly do: 'rollback' }
  | { readonly do: 'close' };

/** What was read: the rows' values in the order of their lookup's columns. */
export interface Begun {
  readonly heads: readonly WiredHead[];
  readonly found: readonly (readonly (readonly Wired[])[])[];
}

const out = (value: Value): Wired => (value !== null && typeof value === 'object' ? [value.toString('latin1')] : value);
const back = (wired: Wired): Value => (wired !== null && typeof wired === 'object' ? Buffer.from(wired[0], 'latin1') : wired);
const bytes = (wired: Wired): Buffer => back(wired) as Buffer;
const perhaps = (wired: Wired): Buffer | null => back(wired) as Buffer | null;
const each = <From, To>(row: Readonly<Record<string, From>>, turned: (value: From) => To): Record<string, To> => {
  const made: Record<string, To> = {};
  for (const key in row) made[key] = turned(row[key] as From);
  return made;
};

export const headOut = ({ id, seq }: Head): WiredHead => [out(id), seq];
export const headBack = ([id, seq]: WiredHead): Head => ({ id: bytes(id), seq });
export const moveOut = ({ id, from, to }: Move): WiredMove => [out(id), from, to];
export const moveBack = ([id, from, to]: WiredMove): Move => ({ id: bytes(id), from, to });
export const lockOut = out;
export const lockBack = bytes;

export const lookupOut = (one: Lookup): WiredLookup => ({ ...one, keys: one.keys.map((key) => key.map(out)) });
export const lookupBack = (one: WiredLookup): Lookup => ({ ...one, keys: one.keys.map((key) => key.map(back)) });

export const rowOut = ({ columns }: Pick<Lookup, 'columns'>, row: Row): Wired[] => columns.map((column) => out(row[column] ?? null));
export function rowBack({ columns }: Pick<Lookup, 'columns'>, row: readonly Wired[]): Row {
  const made: Record<string, Value> = {};
  for (const [i, column] of columns.entries()) made[column] = back(row[i] ?? null);
  return made;
}

export const eventOut = (e: EventRow): WiredEvent => [out(e.stream_id), e.seq, e.type, out(e.actor_id), out(e.subject_id), e.number, e.at];
export const eventBack = ([stream, seq, type, actor, subject, number, at]: WiredEvent): EventRow => ({
  ...{ stream_id: bytes(stream), seq, type, actor_id: perhaps(actor), subject_id: perhaps(subject), number, at },
});

export function writeOut(write: Write): WiredWrite {
  if (write.do === 'insert') return { ...write, rows: write.rows.map((row) => row.map(out)) };
  if (write.do === 'update') return { ...write, set: each(write.set, out), where: each(write.where, out) };
  return { ...write, where: each(write.where, out) };
}
export function writeBack(write: WiredWrite): Write {
  if (write.do === 'insert') return { ...write, rows: write.rows.map((row) => row.map(back)) };
  if (write.do === 'update') return { ...write, set: each(write.set, back), where: each(write.where, back) };
  return { ...write, where: each(write.where, back) };
}
