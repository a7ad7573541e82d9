import type { Invariant } from '../finding.ts';
import type { Dump } from '../history.ts';

export const soundDatabase: Invariant = {
  id: 'I12',
  promise:
    'seq is dense per stream, pos is dense to the head of the log and in the same order; heads, messages, spans and counters agree with the log, and the followers of rooms with the spans',
  *check({ database }) {
    for (const complaint of database.complaints) yield `the database says: ${complaint}`;
    yield* logIsDense(database);
    yield* streamsAreDense(database);
    yield* messagesHaveEvents(database);
    yield* countersCount(database);
    yield* followersCount(database);
    yield* staysDoNotOverlap(database);
  },
};

function* logIsDense({ events, logHead }: Dump): Generator<string> {
  let last = 0;
  for (const pos of events.map((e) => e.pos).sort((a, b) => a - b)) {
    if (pos !== last + 1) yield `pos ${pos} follows pos ${last} in the log`;
    last = pos;
  }
  if (last !== logHead) yield `the log ends at pos ${last} and its head says ${logHead}`;
}

function* streamsAreDense({ events, streams }: Dump): Generator<string> {
  const byStream = Map.groupBy(events, (e) => e.stream);
  const heads = new Map(streams.map((s) => [s.id, s]));
  for (const id of new Set([...byStream.keys(), ...heads.keys()])) {
    let last = { seq: 0, pos: 0 };
    for (const e of [...(byStream.get(id) ?? [])].sort((a, b) => a.seq - b.seq)) {
      if (e.seq !== last.seq + 1) yield `seq ${e.seq} follows seq ${last.seq} in ${id}`;
      if (e.pos <= last.pos) yield `seq ${e.seq} of ${id} has pos ${e.pos}, no later than pos ${last.pos} of seq ${last.seq}`;
      last = e;
    }
    const head = heads.get(id);
    if (!head) yield `events of ${id} stand without a stream`;
    else if (head.seq !== last.seq || head.pos !== last.pos) {
      yield `the head of ${id} says seq ${head.seq}, pos ${head.pos}; its last event has seq ${last.seq}, pos ${last.pos}`;
    }
  }
}

function* messagesHaveEvents({ messages, events }: Dump): Generator<string> {
  const announced = new Set(events.filter((e) => e.type === 'message.created').map((e) => `${e.stream}/${e.seq} ${e.messageId}`));
  for (const m of messages) {
    if (!announced.delete(`${m.conversationId}/${m.seq} ${m.id}`))
      yield `message ${m.id} at ${m.conversationId}/${m.seq} has no event there`;
  }
  for (const place of announced) yield `the event ${place} has no message`;
}

function* countersCount({ messages, counters }: Dump): Generator<string> {
  const key = (c: { conversationId: string; authorId: string }) => `${c.authorId} in ${c.conversationId}`;
  const counted = new Map<string, number>();
  for (const c of counters) counted.set(key(c), (counted.get(key(c)) ?? 0) + c.messages);
  for (const m of messages) counted.set(key(m), (counted.get(key(m)) ?? 0) - 1);
  for (const [who, over] of counted)
    if (over !== 0) yield `the counters of ${who} say ${Math.abs(over)} ${over > 0 ? 'more' : 'fewer'} than there are messages`;
}

function* followersCount({ followers, spans }: Dump): Generator<string> {
  for (const { conversationId, followers: told } of followers) {
    const stays = spans.filter((s) => s.conversationId === conversationId && s.toSeq === null).length;
    if (told !== stays) yield `${conversationId} is shown with ${told} followers, and ${stays} stays are open there`;
  }
}

function* staysDoNotOverlap({ spans }: Dump): Generator<string> {
  for (const [who, stays] of Map.groupBy(spans, (s) => `${s.userId} in ${s.conversationId}`)) {
    let end = 0;
    for (const s of [...stays].sort((a, b) => a.fromSeq - b.fromSeq)) {
      if (s.fromSeq <= end) yield `the stays of ${who} overlap at seq ${s.fromSeq}`;
      end = s.toSeq ?? Infinity;
    }
  }
}
