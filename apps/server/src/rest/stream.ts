import type { Frame } from '@koreromai/contract';
import type { TrackedEnvelope } from '@trpc/server';

export type Frames = AsyncIterable<TrackedEnvelope<Frame>>;

interface StreamOptions {
  readonly signal: AbortSignal;
  readonly beatEvery: number;
  /** Called once, however it ends. */
  readonly over: () => void;
  readonly onFault: (error: unknown) => void;
}

const utf8 = new TextEncoder();

/**
 * The frames as bytes, asked for one by one: whoever reads slowly makes the feed wait, which then reads the log again, so that one
 * frame and what the connection's buffer takes is all that is ever held. A fault ends the stream, and the client comes back with its last id.
 */
export function streamOf(frames: Frames, { signal, beatEvery, over, onFault }: StreamOptions): ReadableStream<Uint8Array> {
  const iterator = frames[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<TrackedEnvelope<Frame>>> | null = null;
  let ended = false;
  const end = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    over();
    await iterator.return?.();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        next ??= iterator.next();
        try {
          const told = await withBeats(next, beatEvery, signal);
          if (ended) return; // given up by the reader meanwhile
          if (told === 'beat') return controller.enqueue(utf8.encode(':\n\n'));
          next = null;
          if (told === 'ended' || told.done) {
            await end();
            return controller.close();
          }
          const [id, frame] = told.value;
          controller.enqueue(utf8.encode(`id: ${id}\ndata: ${JSON.stringify(frame)}\n\n`));
        } catch (error) {
          if (ended) return;
          onFault(error);
          await end();
          controller.close();
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

/** What comes first: the frame, the end, or the time for a sign of life. */
async function withBeats<T>(next: Promise<T>, beatEvery: number, signal: AbortSignal): Promise<T | 'beat' | 'ended'> {
  if (signal.aborted) return 'ended';
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  try {
    return await Promise.race([
      next,
      new Promise<'beat'>((resolve) => {
        timer = setTimeout(() => resolve('beat'), beatEvery);
      }),
      new Promise<'ended'>((resolve) => {
        stop = () => resolve('ended');
        signal.addEventListener('abort', stop, { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
