import { limits } from '@koreromai/contract';
import type { LogEvent } from '../log/event.ts';
import { noProbe } from '../probe.ts';
import type { Carried } from './carried.ts';
import { type Beat, Delivery, type Passing } from './delivery.ts';
import type { FeedOptions } from './feed.ts';
import type { Sight } from './sight.ts';
import { Placed } from './wire.ts';

export type Item = Delivery | Beat | Passing;

/** One subscriber, as their feed and its catching up share them. */
export interface Subscriber {
  readonly options: FeedOptions;
  readonly carried: Carried;
  readonly sight: Sight;
  /** The last pos they were given; null until they have one. */
  pos: number | null;
  /** What came meanwhile; null when it overflowed or nothing is collected. */
  tail: Item[] | null;
  /** Rooms that were asked for and of which it was told that they may not be entered. */
  told: Set<string>;
  closed: boolean;
}

/** Reads what the subscriber has not seen. Ends with a tail that continues exactly where the log ended. */
export async function* catchUp(subscriber: Subscriber): AsyncGenerator<Placed, void, void> {
  const { carried, sight } = subscriber;
  const { log, rooms, userId, probe = noProbe } = subscriber.options;
  for (let complete = false; !complete && !subscriber.closed; ) {
    subscriber.tail = [];
    carried.begin();
    // Before the standing: what shuts a door in between is then read, and heeded, below.
    const start = subscriber.pos ?? (await log.head());
    const before = carried.streams();
    const standing = await sight.read();
    const ended = carried.fit(standing, before);
    // What came on those while the standing was read must not be told either.
    if (subscriber.tail && ended.length > 0)
      subscriber.tail = subscriber.tail.filter((item) => !(item instanceof Delivery) || !ended.includes(item.event.stream));
    probe('feed.attached');
    // The log is read up to this head, the tail holds what lies beyond. Read before the heads: a stream that moves after them would be left out.
    const newest = await log.head();
    const heads = await log.heads([...new Set([userId, ...standing.keys(), ...carried.streams()])]);
    probe('feed.headsRead');
    subscriber.pos ??= start;
    const from = subscriber.pos;
    const here = Math.min(from, newest);
    for (const stream of new Set([...ended, ...(rooms?.asked() ?? [])]))
      if (!standing.has(stream) && !subscriber.told.has(stream)) yield new Placed(here, { type: 'ended', stream });
    subscriber.told = new Set([...(rooms?.asked() ?? [])].filter((stream) => !standing.has(stream)));
    const read = from > newest ? null : await log.after(heads, from, limits.feed.replayRows);
    if (read === null) {
      subscriber.pos = newest;
      yield new Placed(newest, {
        type: 'reset',
        reason: from <= newest ? 'tooFarBehind' : from === Number.POSITIVE_INFINITY ? 'epoch' : 'cursor',
      });
      complete = subscriber.tail !== null;
      continue;
    }
    // Removed or denied since the standing was read: what lies behind that must not be told (G6).
    sight.ranges = read.some((e) => endsStay(e, userId) || shutsDoors(e, userId)) ? await sight.read() : standing;
    const events = read.filter((e) => e.pos <= newest && (e.stream === userId || sight.ranges.has(e.stream)));
    // A conversation joined after its streams were listed: go as far as the joining, then list again.
    const joined = events.findIndex((e) => e.stream === userId && e.type === 'you.added' && e.subject !== null && !standing.has(e.subject));
    yield* replay(subscriber, joined === -1 ? events : events.slice(0, joined + 1));
    const shut = read.some((e) => shutsDoors(e, userId)); // then once more: streams may have to be let go
    complete = joined === -1 && subscriber.tail !== null && !shut;
  }
  probe('feed.replayed');
}

async function* replay(subscriber: Subscriber, events: readonly LogEvent[]): AsyncGenerator<Placed, void, void> {
  const { sight, options } = subscriber;
  for (let done = 0; done < events.length; ) {
    await options.ready?.();
    const chunk = events.slice(done, done + limits.feed.replayChunk);
    const seen = chunk.map((event) => sight.allows(event));
    const views = await options.project(chunk.filter((_, j) => seen[j]));
    let next = 0;
    for (const [j, event] of chunk.entries()) {
      if (subscriber.closed) return;
      subscriber.pos = event.pos;
      done++;
      const delivery = new Delivery(event, seen[j] ? (views[next++] ?? null) : null);
      yield sight.replayed(delivery);
      if ((options.ready?.() ?? null) !== null) break; // what is told late is what is true then: project it again
    }
  }
}

export const shutsDoors = (event: LogEvent, userId: string): boolean =>
  event.type === 'access.changed' && (event.subject === null || event.subject === userId);

export const endsStay = (event: LogEvent, userId: string): boolean =>
  event.subject === userId && (event.type === 'member.removed' || event.type === 'member.left');
