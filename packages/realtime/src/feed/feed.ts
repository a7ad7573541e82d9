import type { Frame, PassingFrame } from '@koreromai/contract';
import { limits } from '@koreromai/contract';
import type { LogEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';
import { noProbe, type Probe } from '../probe.ts';
import type { Audience, Delivery, Live, Project } from './live.ts';
import { covers, type Range, type Standing } from './standing.ts';
import { quoteOf, unquoted, type Veils, veilsFrom } from './veils.ts';

/** A frame and the pos that a subscriber who has it resumes from. */
export interface Placed {
  readonly pos: number;
  readonly frame: Frame;
}

export interface FeedOptions {
  readonly live: Live;
  readonly log: Log;
  readonly project: Project;
  /** Conversations that the user is in now, with all their stays in each. Read from the database at every catch-up. */
  readonly standing: (userId: string) => Promise<Standing>;
  /** What the user cleared and hid: no frame brings it back. Read with the standing. */
  readonly veils?: (userId: string) => Promise<Veils>;
  /** Rooms that the subscriber carries beside their own conversations; `standing` answers for those too. */
  readonly rooms?: { asked(): Iterable<string>; onChange(changed: () => void): () => void };
  readonly userId: string;
  /** Where the subscriber is: null starts now. */
  readonly from: number | null;
  /** Resolves when the subscriber's connection can take more. */
  readonly ready?: () => Promise<void>;
  readonly probe?: Probe;
}

/**
 * One subscriber: replay from the log, a checkpoint, then live, each event once and in pos order.
 * Attaches before it reads, so that nothing falls between; keeps a bounded tail meanwhile, and reads the log again when that overflows.
 */
export async function* createFeed(options: FeedOptions, signal: AbortSignal): AsyncGenerator<Placed, void, void> {
  const { live, log, userId } = options;
  const probe = options.probe ?? noProbe;
  const ready = options.ready ?? (async () => {});
  const carried = new Set<string>();
  /** Rooms that were asked for and of which it was told that they may not be entered. */
  let told = new Set<string>();
  /** Joined (true) or left (false) while a catch-up was reading: newer than the standing it read. */
  const moved = new Map<string, boolean>();
  let ranges: Standing = new Map();
  const veils = veilsFrom();
  /** Streams joined since the standing was read: what they may see of older messages is not known yet. */
  const unknown = new Set<string>();
  const state: State = { pos: options.from, tail: null, wake: () => {} };

  const audience: Audience = {
    offer(delivery) {
      const { event } = delivery;
      const mine = event.stream === userId;
      if (mine) veils.heard(event);
      if (mine && event.type === 'you.added' && event.subject) move(event.subject, true);
      if (mine && event.type === 'you.removed' && event.subject) move(event.subject, false);
      if (!mine && endsStay(event)) return move(event.stream, false);
      // Rules or lists changed: read again who may be where, before anything behind it is told.
      if (shutsDoors(event)) return lost();
      push(delivery);
    },
    beat(heads) {
      push({ heads: Object.fromEntries([...heads].filter(([stream]) => stream === userId || carried.has(stream))) });
    },
    overhear({ frame, except }) {
      if (except.includes(userId) || (state.tail?.length ?? 0) >= limits.feed.passing) return; // who lags is told what lasts, and that alone
      push({ passing: frame });
    },
    lost: () => lost(),
  };
  const lost = () => {
    state.tail = null;
    state.wake();
  };
  const push = (item: Delivery | Beat | Passing) => {
    if (state.tail && state.tail.push(item) > limits.feed.tail) state.tail = null;
    state.wake();
  };
  const carry = (stream: string) => {
    carried.add(stream);
    live.attach(stream, audience);
  };
  const drop = (stream: string) => {
    carried.delete(stream);
    live.detach(stream, audience);
  };
  const move = (stream: string, inside: boolean) => {
    moved.set(stream, inside);
    unknown.add(stream);
    if (inside) carry(stream);
    else drop(stream);
  };
  const shutsDoors = (event: LogEvent) => event.type === 'access.changed' && (event.subject === null || event.subject === userId);
  const endsStay = (event: LogEvent) => event.subject === userId && (event.type === 'member.removed' || event.type === 'member.left');
  const stop = () => state.wake();
  let forget = () => {};

  /** Reads what the subscriber has not seen. Ends with a tail that continues exactly where the log ended. */
  async function* catchUp(): AsyncGenerator<Placed, void, void> {
    for (let complete = false; !complete && !signal.aborted; ) {
      state.tail = [];
      moved.clear();
      live.attach(userId, audience);
      // Before the standing: what shuts a door in between is then read, and heeded, below.
      const start = state.pos ?? (await log.head());
      const before = new Set(carried);
      const standing = await stand();
      for (const stream of standing.keys()) if (moved.get(stream) !== false) carry(stream);
      const ended = [...before].filter((stream) => !standing.has(stream) && moved.get(stream) !== true);
      for (const stream of ended) drop(stream);
      // What came on those while the standing was read must not be told either.
      if (state.tail && ended.length > 0)
        state.tail = state.tail.filter((item) => !('event' in item) || !ended.includes(item.event.stream));
      probe('feed.attached');
      // The log is read up to this head, the tail holds what lies beyond. Read before the heads: a stream that moves after them would be left out.
      const newest = await log.head();
      const heads = await log.heads([...new Set([userId, ...standing.keys(), ...carried])]);
      probe('feed.headsRead');
      const from = (state.pos ??= start);
      for (const stream of new Set([...ended, ...(options.rooms?.asked() ?? [])]))
        if (!standing.has(stream) && !told.has(stream)) yield { pos: from, frame: { type: 'ended', stream } };
      told = new Set([...(options.rooms?.asked() ?? [])].filter((stream) => !standing.has(stream)));
      const lagging = heads.filter((h) => h.pos > from).map((h) => h.stream);
      const read = from > newest ? null : await log.after(lagging, from, limits.feed.replayRows);
      if (read === null) {
        state.pos = newest;
        yield { pos: newest, frame: { type: 'reset', reason: from > newest ? 'cursor' : 'tooFarBehind' } };
        complete = state.tail !== null;
        continue;
      }
      // Removed or denied since the standing was read: what lies behind that must not be told (G6).
      ranges = read.some((e) => endsStay(e) || shutsDoors(e)) ? await stand() : standing;
      const events = read.filter((e) => e.pos <= newest && (e.stream === userId || ranges.has(e.stream)));
      // A conversation joined after its streams were listed: go as far as the joining, then list again.
      const joined = events.findIndex(
        (e) => e.stream === userId && e.type === 'you.added' && e.subject !== null && !standing.has(e.subject),
      );
      yield* replay(joined === -1 ? events : events.slice(0, joined + 1));
      complete = joined === -1 && state.tail !== null && !read.some(shutsDoors); // then once more: streams may have to be let go
    }
    probe('feed.replayed');
  }

  async function* replay(events: readonly LogEvent[]): AsyncGenerator<Placed, void, void> {
    for (let i = 0; i < events.length; i += limits.feed.replayChunk) {
      const chunk = events.slice(i, i + limits.feed.replayChunk);
      const seen = chunk.map((e) => e.stream === userId || (covers(ranges.get(e.stream), e.seq) && sees(e)));
      const views = await options.project(chunk.filter((_, j) => seen[j]));
      let next = 0;
      for (const [j, event] of chunk.entries()) {
        if (signal.aborted) return;
        state.pos = event.pos;
        const view = seen[j] ? views[next++] : null;
        yield { pos: event.pos, frame: view ? veiled(view) : skipOf(event) };
      }
    }
  }

  async function stand(): Promise<Standing> {
    const [standing, own] = await Promise.all([options.standing(userId), options.veils?.(userId)]);
    if (own) veils.take(own);
    unknown.clear();
    return standing;
  }

  const inSight = (stream: string, seq: number, id: string) => covers(ranges.get(stream), seq) && !veils.over(stream, seq, id);

  /** H3: an event about a message is for those who may see that message. */
  function sees(event: LogEvent): boolean {
    const message = event.subject ?? '';
    if (event.type === 'message.created') return !veils.over(event.stream, event.seq, message);
    return event.number === null || !aimed.has(event.type) || inSight(event.stream, event.number, message);
  }

  /** H3: and a quote likewise. Everybody else shares the one frame. */
  function veiled(frame: Frame): Frame {
    const quote = quoteOf(frame);
    return quote && !inSight(quote.stream, quote.seq, quote.id) ? unquoted(frame) : frame;
  }

  try {
    signal.addEventListener('abort', stop, { once: true });
    forget = options.rooms?.onChange(lost) ?? forget;
    yield* catchUp();
    yield { pos: state.pos ?? 0, frame: { type: 'checkpoint' } };
    probe('feed.live');
    while (!signal.aborted) {
      await ready();
      if (state.tail === null) yield* catchUp();
      const item = state.tail?.shift();
      const pos = state.pos ?? 0;
      if (item === undefined) {
        if (state.tail !== null && !signal.aborted) await new Promise<void>((resolve) => (state.wake = resolve));
      } else if ('heads' in item) {
        yield { pos, frame: { type: 'heads', heads: item.heads } };
      } else if ('passing' in item) {
        const { passing } = item;
        if (!('stream' in passing) || carried.has(passing.stream)) yield { pos, frame: passing }; // G6: they may have gone meanwhile
      } else if (item.event.pos > pos) {
        const { event, view } = item;
        state.pos = event.pos;
        if (unknown.has(event.stream) && (aimed.has(event.type) || (view && quoteOf(view)))) ranges = await stand();
        yield { pos: event.pos, frame: view && (event.stream === userId || sees(event)) ? veiled(view) : skipOf(event) };
      }
    }
  } finally {
    forget();
    signal.removeEventListener('abort', stop);
    state.tail = null;
    for (const stream of [userId, ...carried]) live.detach(stream, audience);
  }
}

interface Beat {
  readonly heads: Record<string, number>;
}

interface Passing {
  readonly passing: PassingFrame;
}

interface State {
  /** The last pos the subscriber was given; null until it has one. */
  pos: number | null;
  /** What came meanwhile; null when it overflowed or nothing is collected. */
  tail: (Delivery | Beat | Passing)[] | null;
  wake: () => void;
}

/** Events about one message: `subject` is its id, `number` its seq. */
const aimed: ReadonlySet<string> = new Set<LogEvent['type']>(['message.updated', 'message.deleted', 'reaction.added', 'reaction.removed']);

const skipOf = (event: LogEvent): Frame => ({ type: 'skip', stream: event.stream, fromSeq: event.seq, toSeq: event.seq });

export type { Range, Standing };
