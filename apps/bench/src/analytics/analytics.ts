import { monitorEventLoopDelay } from 'node:perf_hooks';
import { foldedUntil, openDatabase, type Span, segmentsOf, topConversations, topUsers, visibleConversations } from '@koreromai/db';
import { type Place, temporaryDatabase } from '../databases.ts';
import { createRandom, median, percentile } from '../stats.ts';
import type { Row } from '../table.ts';
import { type CountSizes, seedCounts, seededId, seededNow } from './seed.ts';

export const countSizes: CountSizes = { conversations: 200, each: 25_000, reads: 30 };

const day = 86_400_000;
/** The last midnight in Auckland, thirteen hours before the one in UTC: the ends of ranges never meet the ends of counted days. */
const midnight = Math.floor((seededNow + 13 * 3_600_000) / day) * day - 13 * 3_600_000;
const presets: Record<string, Span> = {
  today: { from: midnight, to: null },
  '7 days': { from: midnight - 6 * day, to: null },
  '30 days': { from: midnight - 29 * day, to: null },
  '90 days': { from: midnight - 89 * day, to: null },
  all: { from: null, to: null },
};

/** The five who wrote most and the five chats with most messages, as one reader of all conversations is answered: every statement of it. */
export async function analytics(place: Place, sizes: CountSizes = countSizes): Promise<Row[]> {
  await using database = await temporaryDatabase(place);
  const started = performance.now();
  await seedCounts(database, sizes);
  const seeded = ((performance.now() - started) / 1_000).toFixed(0);
  const db = await openDatabase(database.url);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => db.close());
  const viewer = { id: seededId('person', 0), admin: false };

  const counting = async (span: Span) => {
    const [conversations, folded] = await Promise.all([visibleConversations(db.read, viewer.id), foldedUntil(db.read, seededNow)]);
    return { conversations, segments: segmentsOf(span, folded) };
  };
  const lists = {
    'top users': async (span: Span) => topUsers(db.side, await counting(span), null, 6),
    'top conversations': async (span: Span) => topConversations(db.side, viewer, await counting(span), null, 6),
  };
  const rows: Row[] = [];
  const total = (sizes.conversations * sizes.each).toLocaleString('en');
  rows.push({ database: place.kind, what: `analytics: ${total} messages in ${sizes.conversations} chats`, figure: `made in ${seeded} s` });

  const stands = monitorEventLoopDelay({ resolution: 1 });
  stands.enable();
  for (const [name, list] of Object.entries(lists)) {
    for (const [preset, span] of Object.entries(presets)) {
      rows.push(row(`${name}, ${preset}`, await times(() => list(span), sizes.reads), 20));
    }
    const random = createRandom(3);
    const instant = () => Math.floor(seededNow - random() * 365 * day);
    const ragged = () => {
      const [a, b] = [instant(), instant()];
      return { from: Math.min(a, b), to: Math.max(a, b) };
    };
    rows.push(row(`${name}, ragged`, await times(() => list(ragged()), sizes.reads * 2), 60));
  }
  stands.disable();
  if (place.kind === 'sqlite') rows.push(row('the main thread stands at most', [stands.max / 1e6], 20));
  await agree(lists['top users']);
  return rows;

  function row(what: string, took: number[], goal: number): Row {
    const figure = `p50 ${median(took).toFixed(1)} ms · p95 ${percentile(took, 0.95).toFixed(1)} ms`;
    return { database: place.kind, what: `analytics: ${what}`, figure, ratio: median(took) / goal, to: `${goal} ms`, gate: { most: 1 } };
  }

  /** A fast wrong answer is worth nothing: one ragged range is counted message by message. */
  async function agree(list: (span: Span) => Promise<{ id: Buffer; messages: number }[]>): Promise<void> {
    const span = { from: seededNow - 200 * day + 12_345, to: seededNow - 100 * day + 54_321 };
    const full = await db.side
      .selectFrom('message as m')
      .innerJoin('user as u', 'u.id', 'm.author_id')
      .select((count) => ['u.id', 'u.name', count.fn.countAll<number>().as('messages')])
      .where('m.created_at', '>=', span.from)
      .where('m.created_at', '<', span.to)
      .groupBy(['u.id', 'u.name'])
      .orderBy('messages', 'desc')
      .orderBy('u.name')
      .orderBy('u.id')
      .limit(6)
      .execute();
    const plain = (found: { id: Buffer; messages: number }[]) => found.map((r) => `${r.id.toString('hex')} ${Number(r.messages)}`).join();
    if (plain(full) !== plain(await list(span))) throw new Error('The counters do not agree with a full count.');
  }
}

async function times(read: () => Promise<unknown[]>, reads: number): Promise<number[]> {
  const took: number[] = [];
  for (let i = -3; i < reads; i++) {
    const before = performance.now();
    const rows = await read();
    if (i >= 0) took.push(performance.now() - before);
    if (rows.length === 0) throw new Error('A list that should have rows is empty.');
  }
  return took;
}
