import { parentPort, workerData } from 'node:worker_threads';
import type { Answered, Ending } from './thread.ts';

/** The other side of `openThread`: answers each question, or says what was met. `end` is waited for before the thread ends. */
export function answering<Question>(answer: (question: Question) => unknown, end: () => Promise<void> = async () => {}): void {
  const port = parentPort;
  if (port === null) throw new Error('This runs in a thread that openThread started.');
  const { ending } = workerData as Ending;
  port.on('message', (asked: { id: number; question: Question } | null) => {
    if (asked === null) return void end().finally(() => process.exit()); // of this thread alone
    if (Atomics.load(ending, 0) !== 0) return; // nobody waits for it any more
    const { id, question } = asked;
    let answered: Answered;
    try {
      answered = { id, answer: answer(question) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      answered = { id, failed: { message: error instanceof Error ? error.message : String(error), code } };
    }
    port.postMessage(answered);
  });
}
