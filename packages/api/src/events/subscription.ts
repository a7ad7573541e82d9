import type { Frame } from '@koreromai/contract';
import type { Feed, Outlet, Placed } from '@koreromai/realtime';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import { Handover } from './handover.ts';

export interface SubscriptionOptions {
  readonly feed: Feed;
  readonly seal: (pos: number) => string;
  /** Whether the caller's session has ended: asked at every delivery, not at sign-in. */
  readonly revoked: () => boolean;
  /** Called once, however it ends. */
  readonly release: () => void;
  /** Where the hub may write by itself; absent where frames are asked for one by one. */
  readonly outlet?: Outlet | undefined;
}

type Step = IteratorResult<TrackedEnvelope<Frame>, void>;

/**
 * A feed as tRPC reads it. tRPC is given the first frame and asked what the client calls this subscription by; when it asks for
 * the second, the hub writes all that follows to the socket itself, and tRPC waits for the end. Without a socket it gets every frame.
 */
export class Subscription implements AsyncIterableIterator<TrackedEnvelope<Frame>, void> {
  readonly #options: SubscriptionOptions;
  #handover: Handover | null = null;
  #end: PromiseWithResolvers<Step> | null = null;
  #ended = false;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  async next(): Promise<Step> {
    const { feed, seal, revoked, outlet } = this.#options;
    const id = this.#handover?.requestId;
    if (outlet && id !== undefined) return this.#flow((placed) => outlet.write(placed.bytesFor(id, seal)));
    const placed = await feed.next();
    if (placed === null || revoked()) return this.return();
    if (!outlet || this.#handover) return { done: false, value: tracked(seal(placed.pos), placed.frame) };
    this.#handover = new Handover(placed.frame);
    return { done: false, value: tracked(seal(placed.pos), this.#handover as unknown as Frame) }; // it holds the frame's own fields
  }

  async return(): Promise<Step> {
    if (!this.#ended) this.#options.release();
    this.#ended = true;
    this.#options.feed.close();
    this.#end?.resolve(over);
    return over;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #flow(write: (placed: Placed) => void): Promise<Step> {
    const end = Promise.withResolvers<Step>();
    this.#end = end;
    this.#options.feed.flow((placed) => {
      if (this.#options.revoked()) void this.return();
      else write(placed);
    }, end.reject);
    return end.promise;
  }
}

const over: Step = { done: true, value: undefined };
