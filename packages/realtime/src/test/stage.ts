import type { StreamEvent } from '@koreromai/contract';
import { createLocalBus } from '../bus/bus.ts';
import { createFeed, Feed, type FeedOptions } from '../feed/feed.ts';
import { createLive, type LiveOptions } from '../feed/live.ts';
import type { Range } from '../feed/standing.ts';
import type { Placed } from '../feed/wire.ts';
import type { LogEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';

type Hook = 'standing' | 'heads' | 'head' | 'after' | 'project';

/**
 * A log in memory with a bus and live fan-out, and places to step between: a hook named for a read runs once,
 * after the read has been made and before its answer arrives. `flows`: subscribers are handed their frames instead of asking for them.
 */
export async function createStage({ flows = false, ...options }: Partial<LiveOptions> & { flows?: boolean } = {}) {
  const events: LogEvent[] = [];
  const spans: { user: string; stream: string; from: number; to: number | null }[] = [];
  const hooks = new Map<Hook, () => unknown>();
  const faults: unknown[] = [];
  const reads = { everything: 0, after: 0 };
  const seqs = new Map<string, number>();
  const bus = options.bus ?? createLocalBus();
  const stage = { deaf: false, withViews: true };

  async function answer<Answer>(hook: Hook, read: () => Answer): Promise<Answer> {
    const found = read();
    const step = hooks.get(hook);
    hooks.delete(hook);
    await step?.();
    return found;
  }
  const top = () => events.at(-1)?.pos ?? 0;
  const log: Log = {
    head: () => answer('head', top),
    heads: (streams) =>
      answer('heads', () =>
        streams.flatMap((stream) => {
          const last = events.findLast((e) => e.stream === stream);
          return last ? [{ stream, seq: last.seq, pos: last.pos }] : [];
        }),
      ),
    after(heads, pos, limit) {
      reads.after++;
      return answer('after', () => {
        const found = events.filter((e) => e.pos > pos && heads.some(({ stream, seq }) => stream === e.stream && e.seq <= seq));
        return found.length > limit ? null : found;
      });
    },
    async everything(pos, limit) {
      reads.everything++;
      return events
        .filter((e) => e.pos > pos)
        .slice(0, limit)
        .map(({ view: _view, ...bare }) => bare);
    },
  };

  const viewOf = (e: LogEvent): StreamEvent => {
    const place = { stream: e.stream, seq: e.seq, at: '2026-11-21T03:00:00.000Z' };
    if (e.type === 'you.removed') return { ...place, type: e.type, conversationId: e.subject ?? '', reason: 'removed' };
    return { ...place, type: 'conversation.updated', name: `${e.type} ${e.stream} ${e.seq}`, addPolicy: 'owner' };
  };
  const project = (batch: readonly LogEvent[]) => answer('project', () => batch.map(viewOf));
  const live = await createLive({
    bus,
    log,
    project,
    onFault: (error) => void faults.push(error),
    pollEvery: 3_600_000,
    headsEvery: 3_600_000,
    ...options,
  });

  /** Commits events together, then rings unless the stage is deaf. */
  function commit(...drafts: (Pick<LogEvent, 'stream' | 'type' | 'subject'> & { number?: number })[]): LogEvent[] {
    const made = drafts.map((draft): LogEvent => {
      const seq = (seqs.get(draft.stream) ?? 0) + 1;
      seqs.set(draft.stream, seq);
      const bare = { number: null, ...draft, pos: top() + 1, seq, actor: null, at: 0 };
      const event = stage.withViews && draft.type === 'conversation.updated' ? { ...bare, view: viewOf(bare) } : bare;
      events.push(event);
      return event;
    });
    if (!stage.deaf) bus.ring({ pos: top(), events: made });
    return made;
  }

  return {
    bus,
    log,
    live,
    events,
    faults,
    reads,
    hooks,
    stage,
    commit,
    top,
    /** Something is said in a stream. */
    say: (stream: string) => commit({ stream, type: 'conversation.updated', subject: null })[0]?.seq ?? 0,
    add(user: string, stream: string) {
      spans.push({ user, stream, from: (seqs.get(stream) ?? 0) + 1, to: null });
      commit({ stream, type: 'member.added', subject: user }, { stream: user, type: 'you.added', subject: stream });
    },
    remove(user: string, stream: string) {
      for (const span of spans) if (span.user === user && span.stream === stream && span.to === null) span.to = (seqs.get(stream) ?? 0) + 1;
      commit({ stream, type: 'member.removed', subject: user }, { stream: user, type: 'you.removed', subject: stream });
    },
    /** Shuts somebody out by the rules of the place, without a word on their own stream. */
    bar(user: string, stream: string) {
      for (let i = spans.length - 1; i >= 0; i--) if (spans[i]?.user === user && spans[i]?.stream === stream) spans.splice(i, 1);
      commit({ stream, type: 'access.changed', subject: user });
    },
    subscribe(userId: string, from: number | null, ready?: () => Promise<void>) {
      const standing = () =>
        answer('standing', () => {
          const own = spans.filter((s) => s.user === userId);
          const inside = own.filter((s) => s.to === null).map((s) => s.stream);
          return new Map<string, Range[]>(
            inside.map((stream) => [stream, own.filter((s) => s.stream === stream).map(({ from, to }) => ({ from, to }))]),
          );
        });
      const frames: Placed[] = [];
      const options = { live, log, project, standing, userId, from, ...(ready ? { ready } : {}) };
      const stop = flows ? flowing(options, frames, faults) : asking(options, frames);
      return {
        frames,
        /** What was told of a stream: its seqs, those stepped over as negative numbers. */
        told: (stream: string) =>
          frames.flatMap(({ frame }) => {
            if (!('stream' in frame) || frame.stream !== stream) return [];
            if (frame.type === 'skip') return [-frame.fromSeq];
            return 'seq' in frame ? [frame.seq] : [];
          }),
        types: () => frames.map(({ frame }) => frame.type),
        stop,
      };
    },
    [Symbol.asyncDispose]: () => live.close(),
  };
}

/** Asks for one frame after the other. Gives what ends it. */
function asking(options: FeedOptions, frames: Placed[]): () => Promise<void> {
  const ending = new AbortController();
  const feed = createFeed(options, ending.signal);
  const done = (async () => {
    for await (const placed of feed) frames.push(placed);
  })();
  return async () => {
    ending.abort();
    await done;
  };
}

/** Asks for the first frame, then takes what is handed over. */
function flowing(options: FeedOptions, frames: Placed[], faults: unknown[]): () => Promise<void> {
  const feed = new Feed(options);
  const hand = (placed: Placed) => void frames.push(placed);
  void feed.next().then((first) => {
    if (first) hand(first);
    feed.flow(hand, (error) => void faults.push(error));
  });
  return async () => feed.close();
}

/** Lets everything that is ready run. */
export const settled = async () => {
  for (let i = 0; i < 5; i++) await new Promise((turn) => setImmediate(turn));
};
