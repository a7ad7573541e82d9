import type { Invariant } from '../finding.ts';

export const shownOnce: Invariant = {
  id: 'I5',
  promise: 'no observer is shown an event twice',
  *check({ observers }) {
    for (const observer of observers) {
      const shown = new Set<string>();
      for (const s of observer.sightings) {
        if (s.outcome !== 'applied') continue;
        const names = [`${s.stream}/${s.seq}`];
        if (s.type === 'message.created' && s.messageId !== null) names.push(`message ${s.messageId}`);
        for (const name of names) {
          if (shown.has(name)) yield `${observer.id} was shown ${name} twice, again at arrival ${s.arrival}, connection ${s.connection}`;
          shown.add(name);
        }
      }
    }
  },
};
