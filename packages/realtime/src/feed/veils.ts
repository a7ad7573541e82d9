import type { Frame } from '@koreromai/contract';
import type { LogEvent } from '../log/event.ts';

/** What one person cleared (conversation → up to which seq) and hid (ids of messages). */
export interface Veils {
  readonly cleared: ReadonlyMap<string, number>;
  readonly hidden: ReadonlySet<string>;
}

/** Keeps a subscriber's veils: read with their standing, then moved by their own events. */
export function veilsFrom() {
  // Null where there is nothing: most have nothing, and everybody is asked at every message.
  let cleared: Map<string, number> | null = null;
  let hidden: Set<string> | null = null;
  return {
    take(read: Veils): void {
      cleared = read.cleared.size === 0 ? null : new Map(read.cleared);
      hidden = read.hidden.size === 0 ? null : new Set(read.hidden);
    },
    heard({ type, subject, number }: LogEvent): void {
      if (subject === null) return;
      if (type === 'message.hidden') (hidden ??= new Set()).add(subject);
      if (type === 'message.unhidden') hidden?.delete(subject);
      if (type === 'conversation.cleared') (cleared ??= new Map()).set(subject, number ?? 0);
    },
    over: (stream: string, seq: number, id: string): boolean =>
      (cleared !== null && seq <= (cleared.get(stream) ?? 0)) || (hidden?.has(id) ?? false),
  };
}

/** The message that a frame quotes, and where; null when it quotes none. */
export function quoteOf(frame: Frame): { stream: string; seq: number; id: string } | null {
  if (frame.type !== 'message.created' && frame.type !== 'message.updated') return null;
  const quote = frame.message.replyTo;
  return quote && 'seq' in quote ? { stream: frame.stream, seq: quote.seq, id: quote.id } : null;
}

/** The same frame for somebody who may not see what it quotes. */
export function unquoted(frame: Frame): Frame {
  if (frame.type !== 'message.created' && frame.type !== 'message.updated') return frame;
  return { ...frame, message: { ...frame.message, replyTo: { unavailable: true } } };
}
