interface Pieces {
  /** Ends it before its time. */
  readonly signal: AbortSignal;
  /** Called once, however it ends. */
  readonly over: () => void;
  /** It ended before its time: the connection must break, so that nobody takes a half for the whole. */
  readonly broken: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Pieces as a body, asked for one by one as the reader takes them. */
export function piecesOf(pieces: AsyncGenerator<Uint8Array, void>, { signal, over, broken, onFault }: Pieces): ReadableStream<Uint8Array> {
  let ended = false;
  const end = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', halt);
    over();
    await pieces.return();
  };
  const halt = () => {
    broken(); // which cancels the body
    end().catch(onFault);
  };
  signal.addEventListener('abort', halt, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          if (signal.aborted) halt();
          if (ended) return;
          const piece = await pieces.next();
          if (ended) return; // given up meanwhile
          if (!piece.done) return controller.enqueue(piece.value);
          await end();
          controller.close();
        } catch (error) {
          if (ended) return;
          onFault(error);
          broken();
          await end();
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
