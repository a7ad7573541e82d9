import { limits } from '@koreromai/contract';
import type { Log } from '../log/log.ts';
import { noProbe, type Probe } from '../probe.ts';
import { Carried } from './carried.ts';
import { catchUp, endsStay, type Item, type Subscriber, shutsDoors } from './catch-up.ts';
import { Delivery, Passing } from './delivery.ts';
import type { Audience, Live, Project } from './live.ts';
import { Sight, type SightOptions } from './sight.ts';
import { Placed } from './wire.ts';

export interface FeedOptions extends SightOptions {
  readonly live: Live;
  readonly log: Log;
  readonly project: Project;
  /** Rooms that the subscriber carries beside their own conversations; `standing` answers for those too. */
  readonly rooms?: { asked(): Iterable<string>; onChange(changed: () => void): () => void };
  /** Where the subscriber is: null starts now, Infinity was before a restore. */
  readonly from: number | null;
  /** Null while the subscriber's connection can take more; else resolves when it can again. */
  readonly ready?: () => Promise<void> | null;
  readonly probe?: Probe;
}

/**
 * One subscriber: replay from the log, a checkpoint, then live, each event once and in pos order.
 * Attaches before it reads, so that nothing falls between; keeps a bounded tail meanwhile, and reads the log again when that overflows.
 * Either somebody asks it for one frame after the other (`next`), or it hands each to `flow`'s listener as soon as it is there.
 */
export class Feed implements Audience {
  readonly #options: FeedOptions;
  readonly #subscriber: Subscriber;
  /** What is being told of all that waits. */
  #waiting: AsyncGenerator<Placed, void, void> | null = null;
  #begun = false;
  #wake = (): void => {};
  #hand: ((placed: Placed) => void) | null = null;
  #fail = (_error: unknown): void => {};
  /** Everything has been handed over: what comes next may go at once. */
  #still = false;
  readonly #forget: () => void;

  constructor(options: FeedOptions) {
    this.#options = options;
    const carried = new Carried(options.live, options.userId, this);
    this.#subscriber = { options, carried, sight: new Sight(options), pos: options.from, tail: null, told: new Set(), closed: false };
    this.#forget = options.rooms?.onChange(() => this.lost()) ?? (() => {});
  }

  /** The next frame; null when the feed was closed. Rejects with what the log or the database threw. */
  async next(): Promise<Placed | null> {
    while (!this.#subscriber.closed) {
      this.#waiting ??= this.#all();
      const step = await this.#waiting.next();
      if (this.#subscriber.closed) break;
      if (!step.done) return step.value;
      this.#waiting = null;
      if (!this.#pending())
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
    return null;
  }

  /** From now on every frame is handed over as it comes, beginning with what `next` has not given. `fail` hears why it ended by itself. */
  flow(hand: (placed: Placed) => void, fail: (error: unknown) => void): void {
    this.#hand = hand;
    this.#fail = fail;
    void this.#run();
  }

  close(): void {
    this.#subscriber.closed = true;
    this.#subscriber.tail = null;
    this.#still = false;
    this.#forget();
    this.#subscriber.carried.close();
    this.#wake();
  }

  offer(delivery: Delivery): void {
    const { event } = delivery;
    const { userId } = this.#options;
    if (event.stream === userId) {
      this.#subscriber.sight.heard(event);
      if (event.type === 'you.added' && event.subject) this.#move(event.subject, true);
      if (event.type === 'you.removed' && event.subject) this.#move(event.subject, false);
    } else if (endsStay(event, userId)) {
      this.#move(event.stream, false);
      return;
    }
    // Rules or lists changed: read again who may be where, before anything behind it is told.
    if (shutsDoors(event, userId)) this.lost();
    else this.#take(delivery);
  }

  beat(heads: ReadonlyMap<string, number>): void {
    this.#take({ heads });
  }

  overhear(passing: Passing): void {
    const lags = (this.#subscriber.tail?.length ?? 0) >= limits.feed.passing; // who lags is told what lasts, and that alone
    if (!lags && !passing.whisper.except.includes(this.#options.userId)) this.#take(passing);
  }

  lost(): void {
    this.#subscriber.tail = null;
    this.#stir();
  }

  #take(item: Item): void {
    const full = this.#still && (this.#options.ready?.() ?? null) !== null;
    if (this.#still && !full && !(item instanceof Delivery && this.#subscriber.sight.mustRead(item))) {
      const placed = this.#placed(item);
      if (placed) this.#hand?.(placed);
      return;
    }
    if (this.#subscriber.tail && this.#subscriber.tail.push(item) > limits.feed.tail) this.#subscriber.tail = null;
    this.#stir();
  }

  #stir(): void {
    if (this.#still) {
      this.#still = false;
      void this.#run();
    } else this.#wake();
  }

  #pending(): boolean {
    return !this.#subscriber.closed && (this.#subscriber.tail === null || this.#subscriber.tail.length > 0);
  }

  async #run(): Promise<void> {
    try {
      do {
        this.#waiting ??= this.#all();
        for await (const placed of this.#waiting) {
          if (this.#subscriber.closed) return;
          this.#hand?.(placed);
        }
        this.#waiting = null;
      } while (this.#pending());
      this.#still = !this.#subscriber.closed; // in the same turn as the look at the tail: nothing comes between
    } catch (error) {
      this.close();
      this.#fail(error);
    }
  }

  /** Everything that waits to be told. */
  async *#all(): AsyncGenerator<Placed, void, void> {
    while (!this.#subscriber.closed) {
      if (this.#begun) await this.#options.ready?.();
      if (this.#subscriber.closed) return;
      if (this.#subscriber.tail === null) {
        yield* catchUp(this.#subscriber);
        if (!this.#begun) {
          this.#begun = true;
          yield new Placed(this.#subscriber.pos ?? 0, { type: 'checkpoint' });
          (this.#options.probe ?? noProbe)('feed.live');
        }
        continue;
      }
      const item = this.#subscriber.tail.shift();
      if (item === undefined) return;
      if (item instanceof Delivery && this.#subscriber.sight.mustRead(item))
        this.#subscriber.sight.ranges = await this.#subscriber.sight.read();
      const placed = this.#placed(item);
      if (placed) yield placed;
    }
  }

  /** One item as the subscriber may be told it; null where there is nothing to tell. */
  #placed(item: Item): Placed | null {
    const pos = this.#subscriber.pos ?? 0;
    if (item instanceof Passing) {
      const { frame } = item.whisper;
      return !('stream' in frame) || this.#subscriber.carried.has(frame.stream) ? item.at(pos) : null; // G6: they may have gone meanwhile
    }
    if (!(item instanceof Delivery)) return new Placed(pos, { type: 'heads', heads: this.#subscriber.carried.headsOf(item.heads) });
    if (item.event.pos <= pos) return null;
    this.#subscriber.pos = item.event.pos;
    return this.#subscriber.sight.live(item);
  }

  #move(stream: string, inside: boolean): void {
    this.#subscriber.sight.moved(stream);
    this.#subscriber.carried.move(stream, inside);
  }
}

/** A feed that is asked for one frame after the other, until `signal` aborts. */
export async function* createFeed(options: FeedOptions, signal: AbortSignal): AsyncGenerator<Placed, void, void> {
  const feed = new Feed(options);
  const close = () => feed.close();
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  try {
    for (let placed = await feed.next(); placed; placed = await feed.next()) yield placed;
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
