import { messagePage, newId, openDatabase } from '@koreromai/db';
import { type Place, temporaryDatabase } from '../databases.ts';
import { createRandom, median, percentile } from '../stats.ts';
import type { Row } from '../table.ts';
import { openBarePage } from './bare.ts';
import { type PageSizes, seedPages } from './seed.ts';

export const pageSizes: PageSizes = { thousands: 500, depth: 400_000, reads: 400 };

/** A page of fifty at the head and far down an old conversation, as one reader may see it, beside the bare query, in turns. */
export async function pages(place: Place, options: PageSizes = pageSizes): Promise<Row[]> {
  await using database = await temporaryDatabase(place);
  const conversationId = await seedPages(database, options);
  const db = await openDatabase(database.url);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => db.close());
  const bare = stack.use(await openBarePage(database, conversationId));
  const reader = { conversationId, viewerId: newId(), ranges: [{ from: 1, to: null }], clearedSeq: 0, order: 'desc' as const, limit: 50 };
  const random = createRandom(2);
  const head = options.thousands * 1_000;
  /** Around the depth, so that not one page alone is read again and again. */
  const deep = () => head - options.depth - Math.floor(random() * 5_000);
  const reads = {
    first: () => messagePage(db.read, { ...reader, beyond: null }),
    deep: () => messagePage(db.read, { ...reader, beyond: deep() }),
    bareFirst: () => bare(null),
    bareDeep: () => bare(deep()),
  };
  const took: Record<keyof typeof reads, number[]> = { first: [], deep: [], bareFirst: [], bareDeep: [] };
  const warmUp = Math.ceil(options.reads / 4);
  for (let i = 0; i < warmUp + options.reads; i++) {
    for (const name of Object.keys(took) as (keyof typeof reads)[]) {
      const before = performance.now();
      const rows = await reads[name]();
      if (i >= warmUp) took[name].push(performance.now() - before);
      if (rows.length !== 50) throw new Error(`The ${name} page has ${rows.length} messages instead of 50.`);
    }
  }
  const times = (name: keyof typeof reads) => `p50 ${median(took[name]).toFixed(3)} ms · p95 ${percentile(took[name], 0.95).toFixed(3)} ms`;
  const ratio = (one: keyof typeof reads, other: keyof typeof reads) => median(took[one]) / median(took[other]);
  const depth = options.depth.toLocaleString('en');
  const row = (name: keyof typeof reads, what: string, more: Partial<Row> = {}): Row => ({
    database: place.kind,
    what,
    figure: times(name),
    ...more,
  });
  return [
    row('bareFirst', 'page: bare query at the head'),
    row('first', 'page: messagePage at the head', { ratio: ratio('first', 'bareFirst'), to: 'bare', gate: { most: 5 } }),
    row('bareDeep', `page: bare query at depth ${depth}`, { ratio: ratio('bareDeep', 'bareFirst'), to: 'its head' }),
    row('deep', `page: messagePage at depth ${depth}`, { ratio: ratio('deep', 'first'), to: 'its head', gate: { most: 1.5 } }),
  ];
}
