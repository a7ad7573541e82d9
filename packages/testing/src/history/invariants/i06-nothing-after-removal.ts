import type { Invariant } from '../finding.ts';
import type { Observer } from '../history.ts';
import { isEvent } from '../shown.ts';

export const nothingAfterRemoval: Invariant = {
  id: 'I6',
  promise: 'outside their stays nobody is sent content and nobody posts',
  *check({ observers, database }, entitlement) {
    const places = new Map(database.messages.map((m) => [m.id, m]));
    for (const m of database.messages) {
      if (!entitlement.covers(m.authorId, m.conversationId, m.seq)) {
        yield `message ${m.id} of ${m.authorId} stands at ${m.conversationId}/${m.seq}, where its author was no member`;
      }
    }
    for (const observer of observers) {
      const outside = (stream: string, seq: number) => !entitlement.covers(observer.user, stream, seq);
      for (const s of observer.sightings) {
        // A dropped repeat counts too: its bytes were sent.
        if (isEvent(s) && s.messageId !== null && outside(s.stream, s.seq)) {
          yield `${observer.id} was sent message ${s.messageId} of ${s.stream}/${s.seq} outside the stays of ${observer.user}`;
        }
      }
      for (const id of [...(observer.wireIds ?? []), ...fetchedIds(observer)]) {
        const m = places.get(id);
        if (m && outside(m.conversationId, m.seq)) {
          yield `what was sent to ${observer.id} holds message ${id} of ${m.conversationId}/${m.seq}, outside the stays of ${observer.user}`;
        }
      }
    }
  },
};

const fetchedIds = (observer: Observer) => observer.sightings.flatMap((s) => (s.outcome === 'fetched' ? (s.messageIds ?? []) : []));
