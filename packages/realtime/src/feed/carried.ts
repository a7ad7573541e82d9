import type { Audience, Live } from './live.ts';
import type { Standing } from './standing.ts';

/** The streams that one subscriber is attached to: their own, and where they are. */
export class Carried {
  readonly #live: Live;
  readonly #userId: string;
  readonly #audience: Audience;
  readonly #streams = new Set<string>();
  /** Joined (true) or left (false) while a catch-up was reading: newer than the standing it read. */
  readonly #moved = new Map<string, boolean>();
  #closed = false;

  constructor(live: Live, userId: string, audience: Audience) {
    this.#live = live;
    this.#userId = userId;
    this.#audience = audience;
  }

  has(stream: string): boolean {
    return this.#streams.has(stream);
  }

  /** What is carried now. */
  streams(): Set<string> {
    return new Set(this.#streams);
  }

  /** From here on everything that happens is heard. */
  begin(): void {
    this.#moved.clear();
    if (!this.#closed) this.#live.attach(this.#userId, this.#audience);
  }

  move(stream: string, inside: boolean): void {
    this.#moved.set(stream, inside);
    if (inside) this.#carry(stream);
    else this.#drop(stream);
  }

  /** Carries what the standing says and lets go what of `before` it says no more. Gives those. */
  fit(standing: Standing, before: ReadonlySet<string>): string[] {
    for (const stream of standing.keys()) if (this.#moved.get(stream) !== false) this.#carry(stream);
    const ended = [...before].filter((stream) => !standing.has(stream) && this.#moved.get(stream) !== true);
    for (const stream of ended) this.#drop(stream);
    return ended;
  }

  /** The heads of what is carried. */
  headsOf(heads: ReadonlyMap<string, number>): Record<string, number> {
    const own: Record<string, number> = {};
    for (const stream of [this.#userId, ...this.#streams]) {
      const seq = heads.get(stream);
      if (seq !== undefined) own[stream] = seq;
    }
    return own;
  }

  /** Lets go of everything, for good: a catch-up that is still reading attaches nothing any more. */
  close(): void {
    this.#closed = true;
    for (const stream of [this.#userId, ...this.#streams]) this.#live.detach(stream, this.#audience);
    this.#streams.clear();
  }

  #carry(stream: string): void {
    if (this.#closed) return;
    this.#streams.add(stream);
    this.#live.attach(stream, this.#audience);
  }

  #drop(stream: string): void {
    this.#streams.delete(stream);
    this.#live.detach(stream, this.#audience);
  }
}
