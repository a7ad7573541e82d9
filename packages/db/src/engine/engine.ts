import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Tables } from '../orm.ts';

export type Table = keyof Tables & string;
/** A table's row as the driver gives it. */
export type Stored<T extends Table> = Selectable<Tables[T]>;
export type Column<T extends Table> = keyof Stored<T> & string;
export type Value = string | number | null | Buffer;
export type Row = Readonly<Record<string, Value>>;

/** Rows of one table by equality on some columns, for many keys at once. */
export interface Lookup<Found = unknown> {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly by: readonly string[];
  readonly keys: readonly (readonly Value[])[];
  /** The rows stay locked until the transaction ends: for facts that no stream's lock guards. */
  readonly locked?: boolean;
  /** Only carries the rows' type. */
  readonly found?: Found;
}

/** Describes a set-based read of the change's transaction; its rows come as `Found[]`. */
export function lookup<T extends Table, C extends Column<T>>(
  table: T,
  columns: readonly C[],
  by: readonly Column<T>[],
  keys: readonly (readonly Value[])[],
): Lookup<Pick<Stored<T>, C>> {
  return { table, columns, by, keys };
}

/** The same read, holding its rows until COMMIT. SQLite has one writer anyway. */
export const locked = <Found>(one: Lookup<Found>): Lookup<Found> => ({ ...one, locked: true });

/** What happens when the row is there already: an error, nothing, a sum, or the new values. */
export type OnDuplicate = 'fail' | 'ignore' | { readonly add: readonly string[] } | { readonly set: readonly string[] };

export type Write =
  | {
      readonly do: 'insert';
      readonly table: Table;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Value[])[];
      readonly onDuplicate: OnDuplicate;
    }
  | { readonly do: 'update'; readonly table: Table; readonly set: Row; readonly where: Row }
  | { readonly do: 'delete'; readonly table: Table; readonly where: Row };

export type InsertRow<T extends Table> = Insertable<Tables[T]>;
export type SetRow<T extends Table> = Updateable<Tables[T]>;
export type WhereRow<T extends Table> = Partial<Stored<T>>;

export interface Head {
  readonly id: Buffer;
  readonly seq: number;
}

export interface EventRow {
  readonly stream_id: Buffer;
  readonly seq: number;
  readonly type: string;
  readonly actor_id: Buffer | null;
  readonly subject_id: Buffer | null;
  readonly number: number | null;
  readonly at: number;
}

/** Where a stream's head is believed to stand, and where it goes. */
export interface Move {
  readonly id: Buffer;
  readonly from: number;
  readonly to: number;
}

/** For who does not wait between one question and the next: each may be asked before the one before is answered, and they are answered in order. */
export interface Ahead {
  /** As `begin` does, without locks: heads are read first, so what was read may be newer than them and never older. */
  look(streams: readonly Buffer[], lookups: readonly Lookup[]): Promise<{ heads: Head[]; found: Row[][] }>;
  /**
   * `begin` and `commit` in one go, for writes that rest on nothing but where heads stand. Where one is elsewhere nothing is written and it rejects with
   * the fault `moved`; and so does all that was asked after it, since it may rest on it, until the next `begin`.
   */
  commit(writes: readonly Write[], events: readonly EventRow[], moves: readonly Move[]): Promise<number | null>;
}

/**
 * One writing connection, used by one lane, one transaction at a time:
 * `begin` locks the streams in key order and then reads (never in one statement: membership read while waiting
 * for the lock is stale), `commit` writes everything and takes `pos` last, in one packet where the database has packets.
 */
export interface Engine {
  /**
   * Whether the next batch is begun before the one before is told. It pays where the database works beside this thread. Not where this thread
   * is the database, and nobody else may come between `begin` and `commit`; nor where a round trip costs so much that fewer, larger batches win.
   */
  readonly overlaps: boolean;
  /** Locks, in the given order, and reads. `heads` holds only the streams that exist. */
  begin(locks: readonly Buffer[], lookups: readonly Lookup[]): Promise<{ heads: Head[]; found: Row[][] }>;
  /** Writes and commits. Gives the log's new head: the last event has this `pos`, the one before it one less. Null without events. */
  commit(writes: readonly Write[], events: readonly EventRow[], heads: readonly Head[]): Promise<number | null>;
  /** Not where the locks and the writes would be two round trips all the same. */
  readonly ahead?: Ahead;
  rollback(): Promise<void>;
  close(): Promise<void>;
}

/** Why the database said no: what the lane does next depends on it. */
export type EngineFault = 'duplicate' | 'moved' | 'retry' | 'lost' | 'full' | 'other';
