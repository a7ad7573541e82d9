import type { Message } from '@koreromai/contract';

/** How many messages the page holds at most, and how many come or go at a time (UI47). */
export const MOST_SHOWN = 140;
export const STEP = 20;

/** What a conversation begins with: more than most screens hold. */
export const FIRST = 40;

/** The seqs between which messages are drawn. `to` null: up to the newest, as they come. */
export interface Window {
  readonly from: number;
  readonly to: number | null;
}

/** So much is drawn that a step on one side lets go of the other. */
export const isFull = (messages: readonly Message[], window: Window): boolean => inWindow(messages, window).length > MOST_SHOWN - STEP;

export const inWindow = (messages: readonly Message[], window: Window): Message[] =>
  messages.filter((message) => message.seq >= window.from && (window.to === null || message.seq <= window.to));

/** The newest messages, and live from then on. */
export function newest(messages: readonly Message[]): Window {
  return { from: messages.length > FIRST ? (messages.at(-FIRST)?.seq ?? 0) : 0, to: null };
}

/** One step towards the past, letting go of the far end in the future. Null: nothing older is held. */
export function older(messages: readonly Message[], window: Window): Window | null {
  const first = messages.findIndex((message) => message.seq >= window.from);
  if (first <= 0) return null;
  const start = Math.max(0, first - STEP);
  const from = start === 0 ? 0 : (messages[start]?.seq ?? 0);
  const end = endOf(messages, window);
  return { from, to: end - start > MOST_SHOWN ? (messages[start + MOST_SHOWN - 1]?.seq ?? null) : window.to };
}

/** One step towards the present, letting go of the far end in the past. Null: the newest is shown. */
export function newer(messages: readonly Message[], window: Window): Window | null {
  if (window.to === null) return null;
  const end = Math.min(messages.length, endOf(messages, window) + STEP);
  const to = end === messages.length ? null : (messages[end - 1]?.seq ?? null);
  return { from: trimmedFrom(messages, window.from, end), to };
}

/** After many live messages: the past that nobody looks at goes, in steps, so that it is rare. */
export function trimmed(messages: readonly Message[], window: Window): Window {
  if (window.to !== null || inWindow(messages, window).length <= MOST_SHOWN) return window;
  return { from: messages.at(-(MOST_SHOWN - STEP))?.seq ?? window.from, to: null };
}

/**
 * While the reader is further up: once the page is full, what arrives is not drawn before they come down to it, and for a page of history
 * that arrives above them what is far below them goes.
 */
export function capped(messages: readonly Message[], window: Window): Window {
  const drawn = inWindow(messages, window);
  return drawn.length > MOST_SHOWN ? { from: window.from, to: drawn[MOST_SHOWN - 1]?.seq ?? null } : window;
}

const endOf = (messages: readonly Message[], window: Window): number =>
  window.to === null ? messages.length : messages.findLastIndex((message) => message.seq <= (window.to ?? 0)) + 1;

function trimmedFrom(messages: readonly Message[], from: number, end: number): number {
  const first = Math.max(
    0,
    messages.findIndex((message) => message.seq >= from),
  );
  return end - first > MOST_SHOWN ? (messages[end - MOST_SHOWN]?.seq ?? from) : from;
}

/** A step of messages on both sides of one, live where that reaches the newest. */
export function around(messages: readonly Message[], seq: number): Window {
  const at = messages.findIndex((message) => message.seq >= seq);
  const [start, end] = [Math.max(0, at - STEP), at + STEP];
  return {
    from: start === 0 ? 0 : (messages[start]?.seq ?? 0),
    to: end >= messages.length ? null : (messages[end]?.seq ?? null),
  };
}
