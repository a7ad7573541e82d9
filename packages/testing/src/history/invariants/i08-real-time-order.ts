import type { Invariant } from '../finding.ts';
import type { Op } from '../history.ts';

export const realTimeOrder: Invariant = {
  id: 'I8',
  promise: 'in one conversation, what was acknowledged before another was sent has the smaller seq',
  *check({ ops, database }) {
    const seqs = new Map(database.messages.map((m) => [m.id, m.seq]));
    for (const [conversation, posts] of Map.groupBy(lifetimes(ops), (post) => post.conversationId)) {
      const byReturn = posts.filter((p) => p.acked < Infinity).sort((a, b) => a.acked - b.acked);
      let next = 0;
      let newest: { id: string; seq: number } | null = null;
      for (const post of posts.sort((a, b) => a.sent - b.sent)) {
        for (let acked = byReturn[next]; acked && acked.acked < post.sent; acked = byReturn[++next]) {
          const seq = seqs.get(acked.id);
          if (seq !== undefined && (newest === null || seq > newest.seq)) newest = { id: acked.id, seq };
        }
        const seq = seqs.get(post.id);
        if (seq !== undefined && newest !== null && newest.id !== post.id && newest.seq >= seq) {
          yield `in ${conversation} message ${newest.id}, seq ${newest.seq}, was acknowledged before message ${post.id}, seq ${seq}, was sent`;
        }
      }
    }
  },
};

interface Lifetime {
  id: string;
  conversationId: string;
  /** The first try: a message may have taken its seq by then. */
  sent: number;
  acked: number;
}

function* lifetimes(ops: readonly Op[]): Generator<Lifetime> {
  for (const [id, tries] of Map.groupBy(ops, (op) => op.messageId)) {
    const [first] = tries;
    if (!first) continue;
    const acks = tries.filter((op) => op.outcome === 'ok').map((op) => op.return);
    yield { id, conversationId: first.conversationId, sent: Math.min(...tries.map((op) => op.invoke)), acked: Math.min(...acks, Infinity) };
  }
}
