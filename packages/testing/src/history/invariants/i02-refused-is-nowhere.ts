import type { Invariant } from '../finding.ts';
import { shownMessages } from '../shown.ts';

export const refusedIsNowhere: Invariant = {
  id: 'I2',
  promise: 'a refused message is nowhere; one without an answer is there once or not at all',
  *check({ ops, observers, database }) {
    const tries = Map.groupBy(ops, (op) => op.messageId);
    const refused = new Set<string>();
    for (const [id, all] of tries) if (all.every((op) => op.outcome === 'fail')) refused.add(id);

    const copies = Map.groupBy(database.messages, (m) => m.id);
    for (const [id, rows] of copies) {
      const where = rows.map((m) => `${m.conversationId}/${m.seq}`).join(', ');
      if (refused.has(id)) yield `message ${id} was refused every time and stands at ${where}`;
      else if (rows.length > 1 && !tries.get(id)?.some((op) => op.outcome === 'ok'))
        yield `message ${id} had no answer and stands ${rows.length} times: ${where}`;
    }
    for (const observer of observers) {
      for (const { id, stream } of shownMessages(observer)) {
        if (refused.has(id)) yield `message ${id} was refused every time and shown to ${observer.id} in ${stream}`;
      }
    }
  },
};
