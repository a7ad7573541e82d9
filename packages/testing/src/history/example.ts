import type { Dump, History, Observer, Op, Sighting } from './history.ts';
import { Ledger } from './ledger.ts';
import { bodyHash } from './recorder.ts';

/** A small history in which every promise is kept: Ana and Bea write, Cam comes at seq 4, is taken out at seq 6 and comes back at seq 8. */
export function goodHistory() {
  const op = (user: string, messageId: string, invoke: number, outcome: Op['outcome'], seq?: number): Op => ({
    process: `${user}'s phone`,
    user,
    conversationId: 'garden',
    messageId,
    bodyHash: bodyHash(messageId),
    invoke,
    return: invoke + 1,
    outcome,
    ...(seq ? { seq } : {}),
  });
  const ops: Op[] = [
    op('ana', 'm1', 1, 'ok', 2),
    op('bea', 'm2', 3, 'info'),
    op('bea', 'm2', 5, 'ok', 3),
    op('cam', 'm3', 7, 'ok', 5),
    op('cam', 'm4', 9, 'fail'),
    op('ana', 'm5', 11, 'ok', 7),
    op('bea', 'm6', 13, 'info'),
  ];
  const told = [
    'conversation.created',
    'message.created m1',
    'message.created m2',
    'member.added',
    'message.created m3',
    'member.removed',
    'message.created m5',
    'member.added',
    'message.created m6',
  ].map((text, i) => {
    const [type = '', messageId = null] = text.split(' ');
    return { stream: 'garden', seq: i + 1, pos: i + 1, type, messageId };
  });
  const ofCam = ['you.added', 'you.removed', 'you.added'].map((type, i) => ({
    stream: 'cam',
    seq: i + 1,
    pos: 10 + i,
    type,
    messageId: null,
  }));
  const authors: Record<string, string> = { m1: 'ana', m2: 'bea', m3: 'cam', m5: 'ana', m6: 'bea' };
  const database = {
    messages: told.flatMap(({ seq, messageId: id }) =>
      id === null ? [] : [{ conversationId: 'garden', seq, id, authorId: authors[id] ?? '', bodyHash: bodyHash(id) }],
    ),
    events: [...told, ...ofCam],
    streams: [
      { id: 'garden', seq: 9, pos: 9 },
      { id: 'cam', seq: 3, pos: 12 },
    ],
    spans: [
      { conversationId: 'garden', userId: 'ana', fromSeq: 1, toSeq: null },
      { conversationId: 'garden', userId: 'bea', fromSeq: 1, toSeq: null },
      { conversationId: 'garden', userId: 'cam', fromSeq: 4, toSeq: 6 },
      { conversationId: 'garden', userId: 'cam', fromSeq: 8, toSeq: null },
    ],
    logHead: 12,
    counters: ['ana', 'bea', 'cam'].map((authorId) => ({ conversationId: 'garden', authorId, messages: authorId === 'cam' ? 1 : 2 })),
    followers: [{ conversationId: 'garden', followers: 3 }],
    complaints: [],
  } satisfies Dump;

  const event = (ledger: Ledger, { stream, seq, type, messageId }: (typeof told)[number]) =>
    ledger.event({ stream, seq, type, messageId, bodyHash: messageId === null ? null : bodyHash(messageId) });
  const ana = new Ledger("ana's phone", 'ana', { garden: 0 });
  for (const e of told) event(ana, e);
  const [, m1] = told;
  if (m1) event(ana, m1); // after a reconnect: over the wire again, shown once
  const cam = new Ledger("cam's laptop", 'cam', {});
  const [added, removed, addedAgain] = ofCam;
  if (added) event(cam, added);
  cam.fetched('garden', 4, 'entered', []);
  for (const e of told.slice(4, 5)) event(cam, e);
  if (removed) event(cam, removed);
  cam.left('garden');
  if (addedAgain) event(cam, addedAgain);
  cam.fetched('garden', 6, 'entered', ['m3']);
  cam.skip('garden', 7, 7);
  for (const e of told.slice(7)) event(cam, e);
  const observers = [ana, cam].map(
    ({ id, user, from, sightings }) => ({ id, user, from, sightings: [...sightings] as Sighting[] }) satisfies Observer,
  );

  return {
    ops,
    observers,
    database,
    reads: [
      { process: "bea's phone", user: 'bea', node: 'a', messageId: 'm5', invoke: 13, found: true },
      { process: "bea's phone", user: 'bea', node: 'b', messageId: 'm5', invoke: 13, found: true },
      { process: "ana's phone", user: 'ana', node: 'b', messageId: 'm1', invoke: 3, found: true },
    ],
    unread: [{ user: 'bea', conversationId: 'garden', lastReadSeq: 9, unreadCount: 0, cap: 100 }],
    mails: {
      sent: [
        { user: 'bea', conversationId: 'garden', at: 1_000, fromSeq: 2, toSeq: 2, head: 3 },
        { user: 'bea', conversationId: 'garden', at: 901_000, fromSeq: 5, toSeq: 7, head: 7 },
        { user: 'cam', conversationId: 'garden', at: 902_000, fromSeq: 9, toSeq: 9, head: 9 },
      ],
      window: 900_000,
      gone: { bea: 1_000_000 },
    },
    clients: [],
  } satisfies History;
}
