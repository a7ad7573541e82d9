import type { Invariant } from '../finding.ts';

export const storedOnce: Invariant = {
  id: 'I7',
  promise: 'one id is one message: one row, one event, one seq in every acknowledgement',
  *check({ ops, database }) {
    const rows = new Map<string, string>();
    for (const m of database.messages) {
      const place = `${m.conversationId}/${m.seq}`;
      const first = rows.get(m.id);
      if (first !== undefined) yield `message ${m.id} stands at ${first} and at ${place}`;
      rows.set(m.id, first ?? place);
    }
    const events = new Map<string, string>();
    for (const e of database.events) {
      if (e.type !== 'message.created' || e.messageId === null) continue;
      const place = `${e.stream}/${e.seq}`;
      const first = events.get(e.messageId);
      if (first !== undefined) yield `message ${e.messageId} was announced at ${first} and at ${place}`;
      events.set(e.messageId, first ?? place);
    }
    for (const op of ops) {
      if (op.outcome !== 'ok' || op.seq === undefined) continue;
      const place = rows.get(op.messageId);
      if (place !== undefined && place !== `${op.conversationId}/${op.seq}`) {
        yield `message ${op.messageId} was acknowledged as ${op.conversationId}/${op.seq} and stands at ${place}`;
      }
    }
  },
};
