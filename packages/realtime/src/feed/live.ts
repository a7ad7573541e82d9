import type { StreamEvent } from '@koreromai/contract';
import type { Bell, Bus } from '../bus/bus.ts';
import type { LogEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';
import { type Meter, noMeter } from '../meter.ts';
import { Delivery, Passing } from './delivery.ts';

/** Turns log rows into what goes on the wire, from what is true now. Null where there is nothing left to tell. A row of a user's stream is seen by that user. */
export type Project = (events: readonly LogEvent[]) => Promise<(StreamEvent | null)[]>;

/** What of a view may leave; null when it may not. */
export type Check = (view: StreamEvent) => StreamEvent | null;

/** Whoever takes deliveries of streams. */
export interface Audience {
  offer(delivery: Delivery): void;
  beat(heads: ReadonlyMap<string, number>): void;
  /** Hears what passes: to be told now or not at all. */
  overhear(passing: Passing): void;
  /** Something could not be delivered: catch up from the log. */
  lost(): void;
}

export interface LiveOptions {
  readonly bus: Bus;
  readonly log: Log;
  readonly project: Project;
  /** For views that came with their bell; what `project` gives is checked. */
  readonly check?: Check;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds between looks at the log's head, for bells that were lost. */
  readonly pollEvery: number;
  /** Milliseconds between heads beats. */
  readonly headsEvery: number;
  readonly meter?: Pick<Meter, 'delivered'>;
}

export interface Live {
  attach(stream: string, audience: Audience): void;
  detach(stream: string, audience: Audience): void;
  /** Hears every event of the log once, in pos order. */
  follow(listener: (event: LogEvent) => void): () => void;
  /** Looks at the log now; when it resolves, followers have heard all that stood in it. */
  look(): Promise<void>;
  readonly pos: number;
  /** Streams that somebody is attached to. */
  readonly streams: number;
  close(): Promise<void>;
}

const readAtOnce = 1_000;
/** A beat goes out in so many parts at most, over half the time until the next: all of it at once holds up ten thousand people's messages. */
const beatParts = 100;
/** But no part is smaller. */
const beatAtOnce = 100;

/** Live fan-out of one process: strictly in pos order, whatever order the bells ring in. */
export async function createLive(options: LiveOptions): Promise<Live> {
  const { bus, log, project, onFault, check = (view) => view, meter = noMeter } = options;
  const audiences = new Map<string, Set<Audience>>();
  const followers = new Set<(event: LogEvent) => void>();
  const backlog: LogEvent[] = [];
  let taken = 0; // the newest pos that has entered the backlog
  let pos = 0; // the newest pos that has been delivered
  let projecting: Promise<void> | null = null;
  let looking: Promise<void> | null = null;
  let closed = false;
  let wanted = false; // a bell rang since the head was last asked for

  const unlisten = bus.listen((bell) => take(bell));
  const unhear = bus.overhear((whisper) => {
    const hearing = new Set(whisper.streams.flatMap((stream) => [...(audiences.get(stream) ?? [])]));
    const passing = new Passing(whisper);
    for (const audience of hearing) audience.overhear(passing);
  });
  taken = pos = Math.max(taken, await log.head());
  backlog.length = 0;
  const timers = [setInterval(() => void look(), options.pollEvery), setInterval(() => void beat(), options.headsEvery)];
  for (const timer of timers) timer.unref();

  function take(bell: Bell): void {
    if (bell.pos <= taken) return;
    // Only what continues exactly: whoever is told of a later pos first would never be told of the earlier one when they resume.
    if (bell.events && bell.events.length === bell.pos - taken && bell.events.every((event, i) => event.pos === taken + 1 + i)) {
      enter(bell.events);
    } else void look(); // a bell was missed: the log knows
  }

  function look(): Promise<void> {
    wanted = true;
    looking ??= readOn();
    return looking;
  }

  async function readOn(): Promise<void> {
    try {
      while (wanted && !closed) {
        wanted = false;
        while (!closed && (await log.head()) > taken && (await readMore()));
      }
    } catch (error) {
      onFault(error);
    } finally {
      looking = null;
    }
  }

  /** Whether there was anything new. */
  async function readMore(): Promise<boolean> {
    const from = taken;
    const events = await log.everything(from, readAtOnce);
    const fresh = events.filter((e) => e.pos > taken); // bells may have brought some meanwhile
    enter(fresh);
    return taken > from;
  }

  /** Followers need no view, so they hear at once: what has still to be projected must not keep a revocation from them. */
  function enter(events: readonly LogEvent[]): void {
    backlog.push(...events);
    taken = events.at(-1)?.pos ?? taken;
    for (const event of events) tell(event);
    pump();
  }

  /** Delivers what it can at once; what has to be projected first makes everything behind it wait, so that order holds. */
  function pump(): void {
    while (projecting === null && backlog.length > 0) {
      const needed = backlog.findIndex((e) => e.view === undefined && audiences.has(e.stream));
      const ready = backlog.splice(0, needed === -1 ? backlog.length : needed);
      for (const event of ready) deliver(event, event.view && audiences.has(event.stream) ? check(event.view) : null);
      if (needed === -1) return;
      const batch = backlog.splice(0, Math.max(1, leading(backlog)));
      projecting = project(batch)
        .then((views) => {
          for (const [i, event] of batch.entries()) deliver(event, views[i] ?? null);
        })
        .catch((error) => {
          onFault(error); // subscribers must not step over what could not be loaded
          pos = batch.at(-1)?.pos ?? pos;
          for (const audience of everyone()) audience.lost();
        })
        .finally(() => {
          projecting = null;
          pump();
        });
    }
  }

  const everyone = () => new Set([...audiences.values()].flatMap((set) => [...set]));

  const leading = (events: readonly LogEvent[]) => {
    const end = events.findIndex((e) => e.view !== undefined);
    return Math.min(end === -1 ? events.length : end, 200);
  };

  function tell(event: LogEvent): void {
    for (const follower of [...followers]) {
      try {
        follower(event);
      } catch (error) {
        onFault(error);
      }
    }
  }

  function deliver(event: LogEvent, view: StreamEvent | null): void {
    pos = event.pos;
    const hearing = audiences.get(event.stream);
    if (!hearing) {
      meter.delivered(event.pos, 0);
      return;
    }
    const delivery = new Delivery(event, view);
    for (const audience of hearing) {
      try {
        audience.offer(delivery);
      } catch (error) {
        onFault(error); // what one cannot be told must not keep it from the others
        audience.lost();
      }
    }
    meter.delivered(event.pos, hearing.size);
  }

  async function beat(): Promise<void> {
    try {
      const heads = await log.heads([...audiences.keys()]);
      if (heads.some((h) => h.pos > taken)) await look();
      const known = new Map(heads.filter((h) => h.pos <= pos).map((h) => [h.stream, h.seq])); // what is on its way is no gap
      const hearing = [...everyone()];
      const atOnce = Math.max(beatAtOnce, Math.ceil(hearing.length / beatParts));
      for (let from = 0; from < hearing.length && !closed; from += atOnce) {
        if (from > 0) await new Promise((later) => setTimeout(later, options.headsEvery / beatParts / 2).unref());
        for (const audience of hearing.slice(from, from + atOnce)) audience.beat(known);
      }
    } catch (error) {
      onFault(error);
    }
  }

  return {
    attach(stream, audience) {
      const set = audiences.get(stream);
      if (set) set.add(audience);
      else audiences.set(stream, new Set([audience]));
    },
    detach(stream, audience) {
      const set = audiences.get(stream);
      set?.delete(audience);
      if (set?.size === 0) audiences.delete(stream);
    },
    follow(listener) {
      followers.add(listener);
      return () => void followers.delete(listener);
    },
    look,
    get pos() {
      return pos;
    },
    get streams() {
      return audiences.size;
    },
    async close() {
      closed = true;
      for (const timer of timers) clearInterval(timer);
      unlisten();
      unhear();
      await looking;
      await projecting;
    },
  };
}
