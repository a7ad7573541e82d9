import type { Entitlement } from '../entitlement.ts';
import type { Invariant } from '../finding.ts';
import type { Observer, Sighting } from '../history.ts';

export const dense: Invariant = {
  id: 'I3',
  promise: 'what an observer is shown of a stream goes up one by one, skips counted, to the end of the stream',
  *check({ observers, database }, entitlement) {
    for (const observer of observers) {
      const byStream = Map.groupBy(observer.sightings, (s) => s.stream);
      for (const [stream, sightings] of byStream) yield* walk(observer, stream, sightings, entitlement);
      for (const head of database.streams) {
        const owedFrom = entitlement.owedFrom(observer.user, head.id);
        if (owedFrom === null) continue;
        const held = heldAtTheEnd(observer, head.id, byStream.get(head.id) ?? []);
        if (held < head.seq) yield `${observer.id} stopped at seq ${held} of ${head.id}, whose head is ${head.seq}`;
      }
    }
  },
};

function* walk(observer: Observer, stream: string, sightings: readonly Sighting[], entitlement: Entitlement): Generator<string> {
  let held = observer.from[stream] ?? 0;
  for (const s of sightings) {
    if (s.outcome === 'dropped') continue;
    const last = 'toSeq' in s ? s.toSeq : s.seq;
    const explained = s.seq <= held + 1 || s.outcome === 'fetched' || entitlement.begins(observer.user, stream, s.seq);
    if (!explained) {
      yield `${observer.id} went from seq ${held} to ${s.seq} of ${stream} at arrival ${s.arrival}, connection ${s.connection}`;
    } else if (s.outcome === 'applied' && s.seq <= held) {
      yield `${observer.id} was shown seq ${s.seq} of ${stream} after seq ${held}, at arrival ${s.arrival}, connection ${s.connection}`;
    }
    held = Math.max(held, last);
  }
}

function heldAtTheEnd(observer: Observer, stream: string, sightings: readonly Sighting[]): number {
  return sightings.reduce((held, s) => Math.max(held, 'toSeq' in s ? s.toSeq : s.seq), observer.from[stream] ?? 0);
}
