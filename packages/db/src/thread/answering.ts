import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { attempt, type Reply } from './reply.ts';
import type { Answered, Ending } from './thread.ts';

interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

/** The other side of `openThread`: answers each question, or says what was met. `end` is waited for before the thread ends. */
export function answering<Question>(answer: (question: Question) => unknown, end?: () => Promise<void>): void {
  listen<Question>(
    1,
    function* ([one]) {
      if (one !== undefined) yield [attempt(() => answer(one))];
    },
    end,
  );
}

/** The same for who answers several that wait at once: in their order, and told with each `yield`. */
export function answeringTogether<Question>(
  answers: (questions: readonly Question[]) => Generator<readonly Reply[]>,
  end?: () => Promise<void>,
): void {
  listen(Number.POSITIVE_INFINITY, answers, end);
}

function listen<Question>(
  most: number,
  answers: (questions: readonly Question[]) => Generator<readonly Reply[]>,
  end: () => Promise<void> = async () => {},
): void {
  const port = parentPort;
  if (port === null) throw new Error('This runs in a thread that openThread started.');
  const { ending } = workerData as Ending;
  const quit = () => void end().finally(() => process.exit()); // of this thread alone
  port.on('message', (first: Asked<Question> | null) => {
    if (first === null) return quit();
    if (Atomics.load(ending, 0) !== 0) return; // nobody waits for it any more
    const asked = [first];
    let last = false;
    while (asked.length < most && !last) {
      const more = receiveMessageOnPort(port) as { message: Asked<Question> | null } | undefined;
      if (more?.message) asked.push(more.message);
      else last = true;
      if (more?.message === null) quit();
    }
    let told = 0;
    for (const replies of answers(asked.map(({ question }) => question)))
      port.postMessage(replies.map((reply) => said(asked[told++]?.id ?? 0, reply)));
  });
}

function said(id: number, reply: Reply): Answered {
  if ('answer' in reply) return { id, answer: reply.answer };
  const { error } = reply;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { id, failed: { message: error instanceof Error ? error.message : String(error), code } };
}
