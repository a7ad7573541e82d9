import { describe, expect, it } from 'vitest';
import { goodHistory } from './example.ts';
import { check, type History, invariants, type Sighting } from './index.ts';

type Example = ReturnType<typeof goodHistory>;
const found = (history: History) => check(history).findings;
/** The good history with one thing broken. */
const broken = (breakIt: (history: Example) => Partial<History>) => {
  const history = goodHistory();
  return found({ ...history, ...breakIt(history) });
};
/** The good history with what Ana's phone was shown replaced. */
const ana = (shown: (sightings: Sighting[]) => Sighting[]) =>
  broken(({ observers }) => ({ observers: observers.map((o) => (o.user === 'ana' ? { ...o, sightings: shown(o.sightings) } : o)) }));
const without = (seq: number) => (s: Sighting[]) => s.filter((one) => one.seq !== seq);
const mails = (change: (sent: Example['mails']['sent']) => NonNullable<History['mails']>['sent']) =>
  broken((h) => ({ mails: { ...h.mails, sent: change(h.mails.sent) } }));
const database = (change: (d: Example['database']) => Partial<History['database']>) =>
  broken((h) => ({ database: { ...h.database, ...change(h.database) } }));

describe('a history in which every promise is kept', () => {
  it('has no findings, and its counts are told', () => {
    const { findings, tally } = check(goodHistory());
    expect(findings).toEqual([]);
    expect(tally).toEqual({
      tries: 7,
      acked: 4,
      unknown: 2,
      refused: 1,
      readBacks: 3,
      deliveries: 15,
      wireDuplicates: 1,
      skips: 1,
      resets: 0,
      lost: 0,
      doubled: 0,
    });
  });

  it('is looked at by every invariant of the list', () => {
    expect(invariants.map((i) => i.id)).toEqual(['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12', 'I13']);
  });
});

describe.each<[id: string, breach: string, findings: () => ReturnType<typeof found>]>([
  ['I1', 'an acknowledged message is not in the database', () => database((d) => ({ messages: d.messages.filter((m) => m.id !== 'm5') }))],
  ['I1', 'an acknowledged message was never shown to an entitled observer', () => ana(without(7))],
  [
    'I1',
    'an acknowledged message stands with another text',
    () => database((d) => ({ messages: d.messages.map((m) => ({ ...m, bodyHash: 'other' })) })),
  ],
  [
    'I2',
    'a refused message stands in the database',
    () => broken((h) => ({ ops: h.ops.map((op) => (op.messageId === 'm6' ? { ...op, outcome: 'fail' as const } : op)) })),
  ],
  [
    'I2',
    'a message without an answer stands twice',
    () => database((d) => ({ messages: [...d.messages, ...d.messages.filter((m) => m.id === 'm6')] })),
  ],
  ['I3', 'an event in the middle is missing', () => ana(without(1))],
  ['I3', 'the last event is missing', () => ana(without(9))],
  ['I3', 'two events came in the wrong order', () => ana((s) => [s[1], s[0], ...s.slice(2)].filter((one) => one !== undefined))],
  [
    'I3',
    'a hole is not explained by a skip',
    () => broken((h) => ({ observers: h.observers.map((o) => ({ ...o, sightings: o.sightings.filter((s) => s.outcome !== 'skip') })) })),
  ],
  [
    'I3',
    'somebody who is in a conversation never entered it',
    () =>
      broken((h) => ({
        observers: h.observers.map((o) => ({ ...o, from: {}, sightings: o.sightings.filter((s) => s.stream !== 'garden') })),
      })),
  ],
  [
    'I3',
    'an event was shown after its conversation was left',
    () => ana((s) => [...s.slice(0, 4), { outcome: 'left', connection: 1, arrival: 5, stream: 'garden', seq: 4 }, ...s.slice(4)]),
  ],
  [
    'I4',
    'an observer was shown what the database does not hold',
    () => ana((s) => s.map((one) => ({ ...one, seq: one.seq === 9 ? 10 : one.seq }))),
  ],
  [
    'I4',
    'one place means two messages',
    () => ana((s) => s.map((one) => ('messageId' in one && one.seq === 9 ? { ...one, messageId: 'm7' } : one))),
  ],
  [
    'I4',
    'one message has two texts',
    () => ana((s) => s.map((one) => ('bodyHash' in one && one.seq === 9 ? { ...one, bodyHash: 'other' } : one))),
  ],
  ['I4', 'one place is stored twice', () => database((d) => ({ events: d.events.map((e) => ({ ...e, seq: e.seq === 9 ? 8 : e.seq })) }))],
  [
    'I5',
    'a repeat was shown again',
    () => ana((s) => s.map((one) => ('outcome' in one && one.outcome === 'dropped' ? { ...one, outcome: 'applied' as const } : one))),
  ],
  ['I6', 'somebody who is out was sent a message', () => broken((h) => ({ observers: h.observers.map((o) => ({ ...o, user: 'cam' })) }))],
  [
    'I6',
    'the bytes sent to somebody who is out hold a message',
    () => broken((h) => ({ observers: h.observers.map((o) => ({ ...o, wireIds: ['m5'] })) })),
  ],
  [
    'I6',
    'somebody who is out has fetched a message',
    () => broken((h) => ({ observers: h.observers.map((o) => ({ ...o, sightings: [...o.sightings, fetched(['m5'])] })) })),
  ],
  [
    'I6',
    'somebody who is out has posted',
    () => database((d) => ({ messages: d.messages.map((m) => ({ ...m, authorId: m.id === 'm5' ? 'cam' : m.authorId })) })),
  ],
  [
    'I7',
    'a message stands twice',
    () => database((d) => ({ messages: [...d.messages, ...d.messages.slice(0, 1).map((m) => ({ ...m, seq: 10 }))] })),
  ],
  [
    'I7',
    'a message was announced twice',
    () => database((d) => ({ events: d.events.map((e) => ({ ...e, messageId: e.messageId && 'm1' })) })),
  ],
  ['I7', 'an acknowledgement named another seq', () => broken((h) => ({ ops: h.ops.map((op) => ({ ...op, seq: 4 })) }))],
  [
    'I8',
    'an earlier message has the later seq',
    () => broken((h) => ({ ops: h.ops.map((op) => (op.messageId === 'm5' ? { ...op, invoke: -1, return: 0 } : op)) })),
  ],
  [
    'I9',
    'another process did not show what was acknowledged before',
    () => broken((h) => ({ reads: h.reads.map((r) => ({ ...r, found: false })) })),
  ],
  [
    'I10',
    'a second mail about one chat goes out within the window',
    () => mails((sent) => sent.map((m) => ({ ...m, at: Math.min(m.at, 9_000) }))),
  ],
  ['I10', 'a mail goes out twice', () => mails((sent) => [...sent, ...sent.slice(0, 1).map((m) => ({ ...m, at: 950_000 }))])],
  ['I10', 'a mail goes out after its reader was removed', () => mails((sent) => sent.map((m) => ({ ...m, user: 'cam', head: 7 })))],
  ['I10', 'a mail tells of what was said before its reader came', () => mails((sent) => sent.map((m) => ({ ...m, user: 'cam' })))],
  [
    'I10',
    'a mail goes out to an account that is gone',
    () => mails((sent) => sent.map((m) => (m.user === 'bea' ? { ...m, at: m.at + 1_000_000 } : m))),
  ],
  ['I10', 'a mail tells somebody what they wrote', () => mails((sent) => sent.map((m) => ({ ...m, user: 'ana' })))],
  ['I11', 'an unread count is too high', () => broken((h) => ({ unread: h.unread.map((u) => ({ ...u, unreadCount: 1 })) }))],
  [
    'I11',
    'an unread count forgets a message',
    () => broken((h) => ({ unread: h.unread.map((u) => ({ ...u, user: 'cam', lastReadSeq: 8 })) })),
  ],
  ['I11', 'an own post is unread', () => broken((h) => ({ unread: h.unread.map((u) => ({ ...u, lastReadSeq: 8 })) }))],
  ['I12', 'seq has a hole', () => database((d) => ({ events: d.events.filter((e) => e.pos !== 5) }))],
  ['I12', 'the head of the log is not its last pos', () => database(() => ({ logHead: 13 }))],
  [
    'I12',
    'seq order is not pos order',
    () => database((d) => ({ events: d.events.map((e) => ({ ...e, pos: e.pos === 2 ? 3 : e.pos === 3 ? 2 : e.pos })) })),
  ],
  [
    'I12',
    'the head of a stream is not its last seq',
    () => database((d) => ({ streams: d.streams.map((s) => ({ ...s, seq: s.seq + 1 })) })),
  ],
  ['I12', 'events stand without a stream', () => database((d) => ({ streams: d.streams.slice(1) }))],
  [
    'I12',
    'a message has no event',
    () => database((d) => ({ events: d.events.map((e) => (e.messageId === 'm6' ? { ...e, type: 'member.left', messageId: null } : e)) })),
  ],
  ['I12', 'an event has no message', () => database((d) => ({ messages: d.messages.slice(1) }))],
  ['I12', 'a counter counts one too many', () => database((d) => ({ counters: d.counters.map((c) => ({ ...c, messages: 2 })) }))],
  ['I12', 'two stays of one person overlap', () => database((d) => ({ spans: d.spans.map((s) => ({ ...s, toSeq: null })) }))],
  [
    'I12',
    'a room is shown with a follower who has left',
    () => database(() => ({ followers: [{ conversationId: 'garden', followers: 4 }] })),
  ],
  ['I12', 'the database complains of itself', () => database(() => ({ complaints: ['row 7 missing from index'] }))],
  [
    'I13',
    'a client ended with another state than a fresh one',
    () => broken(() => ({ clients: [{ client: 'ana', state: { seqs: [1, 2] }, fresh: { seqs: [1, 3] } }] })),
  ],
])('%s: %s', (id, _breach, findings) => {
  it('is found', () => {
    expect(findings().map((f) => f.invariant)).toContain(id);
  });
});

describe('what is not a breach', () => {
  it("I3: an event that came again is dropped, and one that is another person's is skipped", () =>
    expect(found(goodHistory())).toEqual([]));

  it('I1: a message that was fetched on entering is not owed again', () => {
    const entered = ana((s) => [fetched(['m1', 'm2', 'm3', 'm5']), ...s.filter((one) => one.seq > 8)]);
    expect(entered).toEqual([]);
  });

  it('I1: a message that a fetch ought to have given is missed', () => {
    const entered = ana((s) => [fetched(['m1', 'm2', 'm3']), ...s.filter((one) => one.seq > 8)]);
    expect(entered.map((f) => f.invariant)).toEqual(['I1']);
  });

  it('I9: a message is not missed by who asked too early, or while out', () => {
    const absent = { process: 'a phone', node: 'b', found: false };
    const reads = [
      { ...absent, user: 'ana', messageId: 'm5', invoke: 11 },
      { ...absent, user: 'cam', messageId: 'm5', invoke: 99 },
      { ...absent, user: 'cam', messageId: 'm3', invoke: 99 },
      { ...absent, user: 'ana', messageId: 'm6', invoke: 99 },
    ];
    expect(broken(() => ({ reads }))).toEqual([]);
  });

  it('I8: two messages that were under way together may have either order', () => {
    expect(broken((h) => ({ ops: h.ops.map((op) => (op.messageId === 'm5' ? { ...op, invoke: 0 } : op)) }))).toEqual([]);
  });
});

const fetched = (messageIds: string[]): Sighting => ({
  outcome: 'fetched',
  reason: 'entered',
  connection: 1,
  arrival: 1,
  stream: 'garden',
  seq: 1,
  toSeq: 8,
  messageIds,
});
