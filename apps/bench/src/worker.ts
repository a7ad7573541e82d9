import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a run of posters answers. Latencies are milliseconds. */
export interface Run {
  readonly posts: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  /** Events that came to subscribers meanwhile. */
  readonly delivered: number;
}

/** What a worker is asked: post for so long, then answer with a Run. */
export interface Ask {
  readonly ms: number;
  readonly subscribed: boolean;
}

export interface Worker<Asked = Ask, Answer = Run> extends AsyncDisposable {
  ask(ask: Asked): Promise<Answer>;
}

/** Starts a script in a process of its own; it says that it is ready with its first message. Rejects when it ends instead of answering. */
export async function startWorker<Asked extends object = Ask, Answer = Run>(
  script: string,
  args: readonly string[],
): Promise<Worker<Asked, Answer>> {
  const child = fork(script, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<never>((_, reject) => child.once('exit', (code) => reject(new Error(`${script} ended with ${code}.`))));
  ended.catch(() => {}); // its end is an error only while somebody waits for it
  const next = async () => (await Promise.race([once(child, 'message'), ended]))[0];
  await next();
  return {
    async ask(ask) {
      const answer = next();
      child.send(ask);
      return (await answer) as Answer;
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await gone;
    },
  };
}
