import { parentPort } from 'node:worker_threads';
import type { Answered } from './thread.ts';

/** The other side of `openThread`: answers each question, or says what was met. */
export function answering<Question>(answer: (question: Question) => unknown): void {
  const port = parentPort;
  if (port === null) throw new Error('This runs in a thread that openThread started.');
  port.on('message', ({ id, question }: { id: number; question: Question }) => {
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
