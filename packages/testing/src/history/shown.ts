import type { EventSighting, Observer, Sighting } from './history.ts';

export const isEvent = (s: Sighting): s is EventSighting => s.outcome === 'applied' || s.outcome === 'dropped';

/** Every message put before the user, delivered or fetched: its id and stream. */
export function* shownMessages(observer: Observer): Generator<{ id: string; stream: string }> {
  for (const s of observer.sightings) {
    if (s.outcome === 'applied' && s.messageId !== null) yield { id: s.messageId, stream: s.stream };
    if (s.outcome === 'fetched') for (const id of s.messageIds ?? []) yield { id, stream: s.stream };
  }
}

/** Stream → the seq up to which no message is owed: where the observer began, or where a reading without messages put it. */
export function notOwedThrough(observer: Observer): (stream: string) => number {
  const through = new Map(Object.entries(observer.from));
  for (const s of observer.sightings) {
    if (s.outcome === 'fetched' && s.messageIds === null) through.set(s.stream, Math.max(through.get(s.stream) ?? 0, s.toSeq));
  }
  return (stream) => through.get(stream) ?? 0;
}
