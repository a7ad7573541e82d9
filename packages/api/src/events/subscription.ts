import type { Frame } from '@koreromai/contract';
import type { Feed, Outlet, RequestId } from '@koreromai/realtime';
import { type TrackedEnvelope, tracked } from '@trpc/server';

export interface SubscriptionOptions {
  readonly feed: Feed;
  readonly seal: (pos: number) => string;
  /** Whether the caller's session has ended: asked at every delivery, not at sign-in. */
  readonly revoked: () => boolean;
  /** Called once, however it ends. */
  readonly release: () => void;
}

type Step = IteratorResult<TrackedEnvelope<Frame>, void>;

/** A feed as whoever was granted it reads it: frame by frame, as tRPC does, or poured into a socket. */
export class Subscription implements AsyncIterableIterator<TrackedEnvelope<Frame>, void> {
  readonly #options: SubscriptionOptions;
  #over: ((error?: unknown) => void) | null = null;
  #ended = false;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  async next(): Promise<Step> {
    const { feed, seal, revoked } = this.#options;
    const placed = await feed.next();
    if (placed === null || revoked()) return this.return();
    return { done: false, value: tracked(seal(placed.pos), placed.frame) };
  }

  /** Writes each frame to `outlet` as soon as it is there, as tRPC would answer the subscription `id`. `over` is called once, with what ended it if not a wish. */
  pour(outlet: Outlet, id: RequestId, over: (error?: unknown) => void): void {
    const { feed, seal, revoked } = this.#options;
    this.#over = over;
    feed.flow(
      (placed) => {
        if (revoked()) this.#end();
        else outlet.write(placed.bytesFor(id, seal));
      },
      (error) => this.#end(error),
    );
  }

  async return(): Promise<Step> {
    this.#end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end();
  }

  #end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.release();
    this.#options.feed.close();
    this.#over?.(error);
  }
}
