import type { Invariant } from '../finding.ts';
import type { Observer, Sighting } from '../history.ts';

export const dense: Invariant = {
  id: 'I3',
  promise: 'what an observer is shown of a stream goes up one by one, skips counted, to the end of the stream',
  *check({ observers, database }, entitlement) {
    for (const observer of observers) {
      const held = new Map<string, number | null>();
      for (const [stream, sightings] of Map.groupBy(observer.sightings, (s) => s.stream))
        held.set(stream, yield* walk(observer, stream, sightings));
      for (const { id, seq } of database.streams) {
        if (entitlement.owedFrom(observer.user, id) === null) continue;
        const end = held.has(id) ? held.get(id) : observer.from[id];
        if (end === null || end === undefined) yield `${observer.id} is in ${id} and never entered it`;
        else if (end < seq) yield `${observer.id} stopped at seq ${end} of ${id}, whose head is ${seq}`;
      }
    }
  },
};

/**
 * Gives the seq held in the end, null when the observer is out. A hole in a stay that it then heard has ended is forgiven:
 * it was away when it was put out, and whoever is out is told nothing of the conversation, not even of earlier days (H2).
 */
function* walk(observer: Observer, stream: string, sightings: readonly Sighting[]): Generator<string, number | null> {
  let held = observer.from[stream] ?? null;
  let holes: string[] = [];
  for (const s of sightings) {
    const where = `at arrival ${s.arrival}, connection ${s.connection}`;
    if (s.outcome === 'dropped') continue;
    if (s.outcome === 'left') {
      held = null;
      holes = [];
    } else if (s.outcome === 'fetched') held = s.toSeq;
    else if (held === null) yield `${observer.id} was shown seq ${s.seq} of ${stream} without having entered it, ${where}`;
    else {
      if (s.seq > held + 1) holes.push(`${observer.id} went from seq ${held} to ${s.seq} of ${stream} ${where}`);
      else if (s.outcome === 'applied' && s.seq <= held)
        yield `${observer.id} was shown seq ${s.seq} of ${stream} after seq ${held}, ${where}`;
      held = Math.max(held, s.outcome === 'skip' ? s.toSeq : s.seq);
    }
  }
  yield* holes;
  return held;
}
