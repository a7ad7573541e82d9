import type { Invariant } from '../finding.ts';
import { notOwedThrough, shownMessages } from '../shown.ts';

export const ackedArrives: Invariant = {
  id: 'I1',
  promise: 'every acknowledged message is in the database and was shown to every entitled observer',
  *check({ ops, observers, database }, entitlement) {
    const stored = new Map(database.messages.map((m) => [m.id, m]));
    const shown = observers.map((observer) => ({
      observer,
      ids: new Set([...shownMessages(observer)].map(({ id }) => id)),
      notOwed: notOwedThrough(observer),
    }));
    const told = new Set<string>();
    for (const op of ops) {
      if (op.outcome !== 'ok' || told.has(op.messageId)) continue;
      told.add(op.messageId);
      const message = stored.get(op.messageId);
      if (!message) {
        yield `message ${op.messageId} of ${op.user} was acknowledged at ${op.return} and is not in the database`;
        continue;
      }
      if (message.conversationId !== op.conversationId || message.bodyHash !== op.bodyHash) {
        yield `message ${op.messageId} was acknowledged with another conversation or text than the database holds`;
      }
      for (const { observer, ids, notOwed } of shown) {
        const owedFrom = entitlement.owedFrom(observer.user, message.conversationId);
        if (owedFrom === null || message.seq < owedFrom || message.seq <= notOwed(message.conversationId)) continue;
        if (!ids.has(message.id)) {
          yield `message ${message.id}, seq ${message.seq} of ${message.conversationId}, was acknowledged and never shown to ${observer.id}`;
        }
      }
    }
  },
};
