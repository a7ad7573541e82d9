import type { Frame } from '@koreromai/contract';
import type { LogEvent } from '../log/event.ts';

/** What one person cleared (conversation → up to which seq) and hid (ids of messages). */
export interface Veils {
  readonly cleared: ReadonlyMap<string, number>;
  readonly hidden: ReadonlySet<string>;
}

/** Keeps a subscriber's veils: read with their standing, then moved by their own events. */
export function veilsFrom() {
  let cleared = new Map<string, number>();
  let hidden = new Set<string>();
  return {
    take(read: Veils): void {
      cleared = new Map(read.cleared);
      hidden = new Set(read.hidden);
    },
    heard(event: LogEvent): void {
      if (event.subject === null) return;
      if (event.type === 'message.hidden') hidden.add(event.subject);
      if (event.type === 'message.unhidden') hidden.delete(event.subject);
      if (event.type === 'conversation.cleared') cleared.set(event.subject, event.number ?? 0);
    },
    over: (stream: string, seq: number, id: string): boolean => seq <= (cleared.get(stream) ?? 0) || hidden.has(id),
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
