import { openThread } from '../thread/thread.ts';

/** What goes to the thread. Buffers arrive as plain bytes, which the driver binds alike. */
export interface Question {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly unknown[][];
}

/** A read-only connection in a thread of its own. */
export interface Side {
  /** One statement, answered in turn. Rejects with the driver's message and `code`. */
  query(sql: string, parameters: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends the thread; what still waits is rejected. */
  close(): Promise<void>;
}

/** Opens the side of an SQLite file. */
export function openSide(path: string): Side {
  const thread = openThread(new URL('./answers.ts', import.meta.url), { path });
  return {
    async query(sql, parameters) {
      const { columns, rows } = (await thread.ask({ sql, parameters } satisfies Question)) as Answer;
      return rows.map((row) => rowOf(columns, row));
    },
    close: () => thread.close(),
  };
}

/** Bytes lose their class on the way between threads. */
const rowOf = (columns: readonly string[], row: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(columns.map((name, i) => [name, bufferOf(row[i])]));

const bufferOf = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
