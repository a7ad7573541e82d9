import type { Socket } from 'node:net';

interface PipeOptions {
  readonly from: Socket;
  readonly to: Socket;
  /** Sees each chunk as it comes in; false swallows it. */
  readonly admit: (chunk: Buffer) => boolean;
  /** Milliseconds that the next chunk takes. */
  readonly travel: () => number;
}

/** Carries bytes one way, late but in order, and holds the sender back while the receiver is slow. */
export function pipe({ from, to, admit, travel }: PipeOptions): void {
  let arrives = 0;
  const underWay: (() => void)[] = [];
  let ended = false;
  const arrive = (deliver: () => void) => {
    const wait = travel();
    if (wait === 0 && underWay.length === 0) return deliver();
    // Never before what was sent earlier, whatever the jitter says.
    arrives = Math.max(arrives, performance.now() + wait);
    underWay.push(deliver);
    // Timers of one millisecond may fire in any order, so each brings whatever was sent first.
    setTimeout(() => underWay.shift()?.(), arrives - performance.now());
  };
  from.on('data', (chunk: Buffer) => {
    if (!admit(chunk)) return;
    arrive(() => {
      if (to.destroyed || to.write(chunk) || from.isPaused()) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
  });
  from.on('end', () => {
    if (ended) return;
    ended = true;
    arrive(() => to.end());
  });
}
