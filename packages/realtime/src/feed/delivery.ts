import type { Frame, StreamEvent } from '@koreromai/contract';
import type { Whisper } from '../bus/bus.ts';
import type { LogEvent } from '../log/event.ts';
import { quoteOf, unquoted } from './veils.ts';
import { Placed } from './wire.ts';

/** An event on its way to subscribers. There are few ways to tell it, and those who are told the same share one frame and its bytes. */
export class Delivery {
  readonly event: LogEvent;
  /** Null where there is nothing left to tell. */
  readonly view: StreamEvent | null;
  /** The older message that it shows a piece of. */
  readonly quote: ReturnType<typeof quoteOf>;
  #whole: Placed | null = null;
  #unquoted: Placed | null = null;
  #skip: Placed | null = null;

  constructor(event: LogEvent, view: StreamEvent | null) {
    this.event = event;
    this.view = view;
    this.quote = view && quoteOf(view);
  }

  get whole(): Placed {
    this.#whole ??= new Placed(this.event.pos, this.view ?? skipOf(this.event));
    return this.#whole;
  }

  /** For who may not see what it quotes. */
  get unquoted(): Placed {
    this.#unquoted ??= new Placed(this.event.pos, this.view ? unquoted(this.view) : skipOf(this.event));
    return this.#unquoted;
  }

  /** For who may know only where it lies. */
  get skip(): Placed {
    this.#skip ??= new Placed(this.event.pos, skipOf(this.event));
    return this.#skip;
  }
}

/** Something that passes, on its way: told with the place where each hearer stands, which for most is the same. */
export class Passing {
  readonly whisper: Whisper;
  readonly #at = new Map<number, Placed>();

  constructor(whisper: Whisper) {
    this.whisper = whisper;
  }

  at(pos: number): Placed {
    const known = this.#at.get(pos);
    if (known) return known;
    const placed = new Placed(pos, this.whisper.frame);
    this.#at.set(pos, placed);
    return placed;
  }
}

/** Where the streams are; each subscriber is told of those they carry. */
export interface Beat {
  readonly heads: ReadonlyMap<string, number>;
}

const skipOf = (event: LogEvent): Frame => ({ type: 'skip', stream: event.stream, fromSeq: event.seq, toSeq: event.seq });
