import { Worker } from 'node:worker_threads';

interface Asked {
  readonly id: number;
  readonly question: unknown;
}

export type Answered =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failed: { readonly message: string; readonly code: string } };

/** A script in a thread of its own that answers questions in turn. */
export interface Thread {
  /** Rejects with the message and the `code` of what the thread met, and with THREAD_ENDED when it ended before it answered. */
  ask(question: unknown): Promise<unknown>;
  /** Ends the thread behind what it is at; what still waits is rejected. */
  close(): Promise<void>;
}

/** What a thread is started with beside its own: whether it shall end. */
export interface Ending {
  readonly ending: Int32Array;
}

interface Waiting {
  readonly id: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Whatever ended it: nobody knows how far it had come with what it was asked. */
const ended = (cause?: unknown) =>
  Object.assign(new Error(cause instanceof Error ? cause.message : 'The thread of the database ended.', { cause }), {
    code: 'THREAD_ENDED',
  });

/** The thread starts with the first question and starts again should it die; idle, it keeps no process alive. */
export function openThread(script: URL, workerData: object): Thread {
  const ending = new Int32Array(new SharedArrayBuffer(4));
  let thread: Worker | null = null;
  let closed = false;
  let asked = 0;
  /** In the order of their asking, which is that of the answers. */
  const waiting: Waiting[] = [];

  function start(): Worker {
    const made = new Worker(script, { workerData: { ...workerData, ending } satisfies Ending });
    made.on('message', (all: readonly Answered[]) => {
      for (const answered of all) settle(made, answered);
    });
    made.on('error', (error) => abandon(made, ended(error)));
    made.on('exit', () => abandon(made, ended()));
    return made;
  }

  function settle(made: Worker, answered: Answered): void {
    const one = waiting[0]?.id === answered.id ? waiting.shift() : undefined; // of a thread that has ended, nobody waits for it
    if (waiting.length === 0) made.unref();
    if ('failed' in answered) one?.reject(Object.assign(new Error(answered.failed.message), { code: answered.failed.code }));
    else one?.resolve(answered.answer);
  }

  function abandon(made: Worker, error: Error): void {
    if (thread !== made) return;
    thread = null;
    for (const one of waiting.splice(0)) one.reject(error);
  }

  return {
    ask(question) {
      if (closed) return Promise.reject(new Error('The thread of the database is closed.'));
      thread ??= start();
      const id = ++asked;
      const to = thread;
      return new Promise((resolve, reject) => {
        if (waiting.push({ id, resolve, reject }) === 1) to.ref();
        to.postMessage({ id, question } satisfies Asked);
      });
    },
    async close() {
      closed = true;
      const standing = thread;
      if (!standing) return;
      // Not terminated: that waits for the driver's call as well, and where the call then fails, the driver ends the whole process.
      Atomics.store(ending, 0, 1);
      const gone = new Promise((exit) => standing.once('exit', exit));
      standing.ref();
      standing.postMessage(null);
      await gone;
    },
  };
}
