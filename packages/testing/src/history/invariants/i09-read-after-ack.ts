import type { Invariant } from '../finding.ts';

export const readAfterAck: Invariant = {
  id: 'I9',
  promise: 'what was acknowledged is found by whoever may see it and asks afterwards, in any process',
  *check({ ops, reads, database }, entitlement) {
    const acked = new Map<string, number>();
    for (const op of ops) {
      if (op.outcome === 'ok') acked.set(op.messageId, Math.min(op.return, acked.get(op.messageId) ?? Infinity));
    }
    const places = new Map(database.messages.map((m) => [m.id, m]));
    for (const read of reads ?? []) {
      const at = acked.get(read.messageId) ?? Infinity;
      const place = places.get(read.messageId);
      if (read.found || at > read.invoke || !place) continue; // what is not in the database is for others to name
      const from = entitlement.owedFrom(read.user, place.conversationId);
      if (from === null || place.seq < from) continue; // whoever is out, or came back since, may have asked while out
      yield `${read.process} was not shown message ${read.messageId} by ${read.node}, which was acknowledged before it asked`;
    }
  },
};
