import type { Frame, StreamEvent } from '@koreromai/contract';

/** What an event is before the log gives it its place. */
export type Body<Event = StreamEvent> = Event extends StreamEvent ? Omit<Event, 'stream' | 'seq' | 'at'> : never;

export interface Entry {
  pos: number;
  /** Whoever was entitled when it happened. */
  to: ReadonlySet<string>;
  event: StreamEvent;
}

/** An ordered log: dense seqs per stream, one pos for all, replay and then live for one reader at a time. */
export function createLog(now: () => string) {
  const entries: Entry[] = [];
  const heads = new Map<string, number>();
  const listeners = new Set<(entry: Entry) => void>();
  let floor = 0;
  const headOf = (stream: string) => heads.get(stream) ?? 0;

  return {
    entries,
    headOf,
    get readers() {
      return listeners.size;
    },
    /** Forgets the past: cursors from before now cannot be continued. */
    expire() {
      floor = entries.length;
    },
    get cursor() {
      return seal(entries.length);
    },
    record(stream: string, to: Iterable<string>, body: Body): void {
      const place = { stream, seq: headOf(stream) + 1, at: now() };
      heads.set(stream, place.seq);
      const entry: Entry = { pos: entries.length + 1, to: new Set(to), event: { ...place, ...body } };
      entries.push(entry);
      for (const listener of [...listeners]) listener(entry);
    },
    /** Attaches first, then replays, so that nothing falls between. `frameFor` null: not to be told. */
    async *feed(cursor: string | null, frameFor: (entry: Entry) => Frame | null, signal: AbortSignal): AsyncGenerator<[string, Frame]> {
      const expired = cursor !== null && unseal(cursor) < floor;
      const queue = entries.slice(cursor === null || expired ? entries.length : unseal(cursor));
      let wake = () => {};
      const listener = (entry: Entry) => {
        queue.push(entry);
        wake();
      };
      const stop = () => wake();
      listeners.add(listener);
      signal.addEventListener('abort', stop, { once: true });
      try {
        if (expired) yield [seal(entries.length), { type: 'reset', reason: 'tooFarBehind' }];
        yield [expired || cursor === null ? seal(entries.length) : cursor, { type: 'checkpoint' }];
        while (!signal.aborted) {
          const entry = queue.shift();
          const frame = entry && frameFor(entry);
          if (frame) yield [seal(entry.pos), frame];
          else if (!entry) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        listeners.delete(listener);
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

const seal = (pos: number) => `p${pos}`;
const unseal = (cursor: string) => Number(cursor.slice(1));
