import type { LogEvent } from '../log/event.ts';
import type { Delivery } from './delivery.ts';
import { covers, type Standing } from './standing.ts';
import { type Veils, veilsFrom } from './veils.ts';
import type { Placed } from './wire.ts';

export interface SightOptions {
  readonly userId: string;
  /** Conversations that the user is in now, with all their stays in each. Read from the database at every catch-up. */
  readonly standing: (userId: string) => Promise<Standing>;
  /** What the user cleared and hid: no frame brings it back. Read with the standing. */
  readonly veils?: (userId: string) => Promise<Veils>;
}

/** What one subscriber may see (H3), as it was read last and as their own events moved it since. */
export class Sight {
  readonly #options: SightOptions;
  readonly #veils = veilsFrom();
  /** Streams joined since the standing was read: what they may see of older messages is not known yet. */
  readonly #unknown = new Set<string>();
  /** What is judged by. */
  ranges: Standing = new Map();

  constructor(options: SightOptions) {
    this.#options = options;
  }

  async read(): Promise<Standing> {
    const { userId, standing, veils } = this.#options;
    const [read, own] = await Promise.all([standing(userId), veils?.(userId)]);
    if (own) this.#veils.take(own);
    this.#unknown.clear();
    return read;
  }

  heard(event: LogEvent): void {
    this.#veils.heard(event);
  }

  moved(stream: string): void {
    this.#unknown.add(stream);
  }

  /** Whether that must be read again before this can be judged. */
  mustRead({ event, quote }: Delivery): boolean {
    return this.#unknown.size > 0 && this.#unknown.has(event.stream) && (aimed.has(event.type) || quote !== null);
  }

  /** Of what comes live it is known that the subscriber is there. */
  live(delivery: Delivery): Placed {
    const { event, view } = delivery;
    return view && (event.stream === this.#options.userId || this.#sees(event)) ? this.#veiled(delivery) : delivery.skip;
  }

  /** Whether something that is read from the log may be told. */
  allows(event: LogEvent): boolean {
    return event.stream === this.#options.userId || (covers(this.ranges.get(event.stream), event.seq) && this.#sees(event));
  }

  /** An allowed one as it may be told. */
  replayed(delivery: Delivery): Placed {
    return delivery.view ? this.#veiled(delivery) : delivery.skip;
  }

  /** An event about a message is for those who may see that message. */
  #sees(event: LogEvent): boolean {
    const message = event.subject ?? '';
    if (event.type === 'message.created') return !this.#veils.over(event.stream, event.seq, message);
    return event.number === null || !aimed.has(event.type) || this.#inSight(event.stream, event.number, message);
  }

  /** And a quote likewise. Everybody else shares the one frame. */
  #veiled(delivery: Delivery): Placed {
    const { quote } = delivery;
    return quote && !this.#inSight(quote.stream, quote.seq, quote.id) ? delivery.unquoted : delivery.whole;
  }

  #inSight(stream: string, seq: number, id: string): boolean {
    return covers(this.ranges.get(stream), seq) && !this.#veils.over(stream, seq, id);
  }
}

/** Events about one message: `subject` is its id, `number` its seq. */
const aimed: ReadonlySet<string> = new Set<LogEvent['type']>([
  'message.updated',
  'message.deleted',
  'reaction.added',
  'reaction.removed',
  'pin.added',
  'pin.removed',
]);
