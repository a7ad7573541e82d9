import type { Message, Page } from '@koreromai/contract';
import type { Refused } from './refusal.ts';
import type { State, Timeline } from './state.ts';

/** A window of no width after `seq`: what happens from now on widens it, and the newest page will touch it. */
export const emptyTimeline = (seq: number): Timeline => ({
  messages: [],
  fromSeq: seq + 1,
  toSeq: seq,
  nextCursor: null,
  complete: false,
  loading: true,
  error: null,
});

/** The newest page was asked for when the conversation stood at `seq`, so it reaches at least to there. */
export function withNewest(timeline: Timeline, page: Page<Message>, seq: number): Timeline {
  const fromSeq = page.nextCursor === null ? 0 : (page.items.at(-1)?.seq ?? 0);
  const toSeq = Math.max(seq, page.items[0]?.seq ?? 0);
  const touches = fromSeq <= timeline.toSeq + 1 && timeline.fromSeq <= toSeq + 1;
  const settled = { ...timeline, loading: false, error: null };
  if (!touches && toSeq < timeline.toSeq) return settled;
  // A window that was never loaded has no way to what is older: only the page knows it.
  const older = touches && timeline.fromSeq <= fromSeq && isLoaded(timeline);
  const from = older ? timeline.fromSeq : fromSeq;
  // Across a hole only what is newer than the page may stay, else the window would not be whole.
  const kept = timeline.messages.filter(({ seq: held }) => held >= timeline.fromSeq && held >= from && (touches || held > toSeq));
  return {
    ...settled,
    messages: union(kept, page.items),
    fromSeq: from,
    toSeq: Math.max(toSeq, timeline.toSeq),
    nextCursor: older ? timeline.nextCursor : page.nextCursor,
    complete: older ? timeline.complete : page.nextCursor === null,
  };
}

/** The page that `cursor` led to; ignored when the window has moved on meanwhile. */
export function withOlder(timeline: Timeline, page: Page<Message>, cursor: string): Timeline {
  if (timeline.nextCursor !== cursor) return { ...timeline, loading: false };
  return {
    ...timeline,
    messages: union(timeline.messages, page.items),
    fromSeq: page.nextCursor === null ? 0 : (page.items.at(-1)?.seq ?? timeline.fromSeq),
    nextCursor: page.nextCursor,
    complete: page.nextCursor === null,
    loading: false,
    error: null,
  };
}

/** Whether the newest page has come: only then does anything older have a way to be loaded. */
export const isLoaded = (timeline: Timeline): boolean => timeline.complete || timeline.nextCursor !== null;

export const withError = (timeline: Timeline, error: Refused): Timeline => ({ ...timeline, loading: false, error });

/** Everything up to `seq` has been heard. */
export const reaching = (timeline: Timeline, seq: number): Timeline => (timeline.toSeq >= seq ? timeline : { ...timeline, toSeq: seq });

/** Puts one message where it belongs, unless it is there or lies before the window. */
export function withMessage(timeline: Timeline, message: Message): Timeline {
  if (message.seq < timeline.fromSeq || timeline.messages.some((held) => held.id === message.id)) return timeline;
  return { ...timeline, messages: union(timeline.messages, [message]) };
}

/** Changes one timeline if it is open. */
export function changeTimeline(state: State, id: string, change: (timeline: Timeline) => Timeline): State {
  const timeline = state.timelines[id];
  if (!timeline) return state;
  const changed = change(timeline);
  return changed === timeline ? state : { ...state, timelines: { ...state.timelines, [id]: changed } };
}

/** Takes what has arrived out of the outbox, in the change that shows it: never two bubbles (UI2). */
export function withoutTwins(state: State, arrived: readonly Message[]): State {
  const mine = new Set(arrived.filter((message) => message.author.id === state.me?.id).map((message) => message.id));
  return state.outbox.some((entry) => mine.has(entry.id))
    ? { ...state, outbox: state.outbox.filter((entry) => !mine.has(entry.id)) }
    : state;
}

function union(held: readonly Message[], more: readonly Message[]): Message[] {
  const last = held.at(-1);
  const [only] = more;
  if (more.length === 1 && only && (!last || only.seq > last.seq)) return [...held, only]; // nearly always
  const byId = new Map([...held, ...more].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}
