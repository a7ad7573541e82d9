import type { Invariant } from '../finding.ts';
import { isEvent } from '../shown.ts';

export const oneMeaning: Invariant = {
  id: 'I4',
  promise: '(stream, seq) names one event and (message, version) one text, in the database and before every observer',
  *check({ observers, database }) {
    const meaning = new Map<string, string>();
    for (const e of database.events) {
      const place = `${e.stream}/${e.seq}`;
      const before = meaning.get(place);
      if (before !== undefined) yield `${place} is stored twice: ${before} and ${meaningOf(e)}`;
      meaning.set(place, meaningOf(e));
    }
    const texts = new Map<string, string>();
    for (const m of database.messages) if (m.bodyHash !== null) texts.set(`${m.id} version ${m.version ?? 1}`, m.bodyHash);

    for (const observer of observers) {
      for (const s of observer.sightings) {
        if (!isEvent(s)) continue;
        const place = `${s.stream}/${s.seq}`;
        const stored = meaning.get(place);
        if (stored === undefined) yield `${observer.id} was shown ${meaningOf(s)} as ${place}, which the database does not hold`;
        else if (stored !== meaningOf(s)) yield `${place} is ${stored} in the database and ${meaningOf(s)} before ${observer.id}`;
        if (s.messageId === null || s.bodyHash === null) continue;
        const version = `${s.messageId} version ${s.version ?? 1}`;
        const text = texts.get(version) ?? s.bodyHash;
        texts.set(version, text);
        if (text !== s.bodyHash) yield `message ${version} has text ${text} elsewhere and ${s.bodyHash} before ${observer.id}`;
      }
    }
  },
};

const meaningOf = (e: { type: string; messageId: string | null }) => (e.messageId === null ? e.type : `${e.type} ${e.messageId}`);
