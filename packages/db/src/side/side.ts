import { Worker } from 'node:worker_threads';

/** What goes to the thread. Buffers arrive as plain bytes, which the driver binds alike. */
export interface Question {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export type Answer =
  | { readonly id: number; readonly columns: readonly string[]; readonly rows: readonly unknown[][] }
  | { readonly id: number; readonly failed: { readonly message: string; readonly code: string } };

/** A read-only connection in a thread of its own. */
export interface Side {
  /** One statement, answered in turn. Rejects with the driver's message and `code`. */
  query(sql: string, parameters: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends the thread; what still waits is rejected. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (rows: Record<string, unknown>[]) => void;
  readonly reject: (error: Error) => void;
}

/** Opens the side of an SQLite file. The thread starts with the first question and starts again should it die; idle, it keeps no process alive. */
export function openSide(path: string): Side {
  let thread: Worker | null = null;
  let closed = false;
  let asked = 0;
  const waiting = new Map<number, Waiting>();

  function start(): Worker {
    const made = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { path } });
    made.on('message', (answer: Answer) => settle(made, answer));
    made.on('error', (error) => abandon(made, error instanceof Error ? error : new Error(String(error))));
    made.on('exit', () => abandon(made, new Error('The reading thread ended.')));
    return made;
  }

  function settle(made: Worker, answer: Answer): void {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) made.unref();
    if ('failed' in answer) one?.reject(Object.assign(new Error(answer.failed.message), { code: answer.failed.code }));
    else one?.resolve(answer.rows.map((row) => rowOf(answer.columns, row)));
  }

  function abandon(made: Worker, error: Error): void {
    if (thread !== made) return;
    thread = null;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  }

  return {
    query(sql, parameters) {
      if (closed) return Promise.reject(new Error('The reading thread is closed.'));
      thread ??= start();
      const id = ++asked;
      const to = thread;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        to.ref();
        to.postMessage({ id, sql, parameters } satisfies Question);
      });
    },
    async close() {
      closed = true;
      await thread?.terminate();
    },
  };
}

/** Bytes lose their class on the way between threads. */
const rowOf = (columns: readonly string[], row: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(columns.map((name, i) => [name, bufferOf(row[i])]));

const bufferOf = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
