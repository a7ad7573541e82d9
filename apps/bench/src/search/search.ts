import { type Place, temporaryDatabase } from '../databases.ts';
import { startServer } from '../posts/server.ts';
import { median, percentile } from '../stats.ts';
import type { Row } from '../table.ts';
import { type SearchSizes, type Seeded, seedSearch } from './seed.ts';

export const searchSizes: SearchSizes = { thousands: 1_000, reads: 40 };

/** Milliseconds that 95 of 100 searches keep within. */
const promised = 100;

/** What people look for. Every word is a different one each time where there are enough of its kind. */
const kinds: Record<string, (i: number, seeded: Seeded) => string> = {
  'a word in half of all messages': () => 'q="w1"',
  'two common words': () => 'q="w1" "w2"',
  'two common words side by side': () => 'q="w1 w2"',
  'a word in one of a hundred': (i) => `q="w${60 + i}"`,
  'a rare word': (i) => `q="w${5_000 + i * 7}"`,
  'two rare words': (i) => `q="w${900 + i}" "w${1_200 + i}"`,
  'a common and a rare word': (i) => `q="w1" "w${5_000 + i * 7}"`,
  'the beginning of many words': (i) => `q=w${10 + (i % 9)}`,
  'the beginning of few words': (i) => `q=w1 w${1_000 + i}`,
  'nothing like it': (i) => `q=x${i}`,
  'a common word of one author': (_, { author }) => `q="w1"&from=${author}`,
  'a common word in one chat': (_, { smallChat }) => `q="w1"&in=${smallChat}`,
  'a common word before last year': (_, { middle }) => `q="w1"&before=${middle}`,
};

/** Searches over REST among a million messages, for a member of 200 chats and one of five; beside it, how long the server's event loop was held. */
export async function search(place: Place, sizes: SearchSizes = searchSizes): Promise<Row[]> {
  await using database = await temporaryDatabase(place);
  const seeded = await seedSearch(database, sizes);
  await using server = await startServer(database, true);
  const base = server.url.replace(/^ws/, 'http').replace(/\/trpc$/, '/api/v1/search?');
  const ask = async (query: string, token: string) => {
    const answer = await fetch(base + query.replaceAll(' ', '%20').replaceAll('"', '%22'), {
      headers: { authorization: `Bearer ${token}` },
    });
    if (answer.status !== 200) throw new Error(`${query} was answered with ${answer.status}: ${await answer.text()}`);
    return ((await answer.json()) as { items: unknown[] }).items.length;
  };
  const rows: Row[] = [];
  const each: number[] = [];
  for (const [kind, query] of Object.entries(kinds)) {
    const took: number[] = [];
    let found = 0;
    for (let i = -3; i < sizes.reads; i++) {
      const before = performance.now();
      found = await ask(query(Math.max(0, i), seeded), seeded.busy.token);
      if (i === -1) await server.heldFor(); // forgets what the warm-up did
      if (i >= 0) took.push(performance.now() - before);
    }
    each.push(...took);
    rows.push(row(place, `search: ${kind} (${found} on the last page)`, took));
  }
  const held = await server.heldFor();
  const quiet: number[] = [];
  for (let i = 0; i < sizes.reads; i++) {
    const before = performance.now();
    await ask('q="w1"', seeded.quiet.token);
    quiet.push(performance.now() - before);
  }
  return [
    ...rows,
    row(place, 'search: a common word for a member of five chats', quiet),
    {
      ...row(place, 'search: all of these', each),
      ratio: percentile(each, 0.95) / promised,
      to: `${promised} ms at p95`,
      gate: { most: 1 },
    },
    {
      database: place.kind,
      what: 'search: the event loop was held',
      figure: `at most ${held.toFixed(1)} ms`,
      ratio: held / 20,
      to: '20 ms',
      gate: { most: 1 },
    },
    {
      database: place.kind,
      what: 'search: put into the index',
      figure: `${seeded.indexedPerSecond.toLocaleString('en')} messages/s, 100 a commit`,
    },
  ];
}

const row = (place: Place, what: string, took: readonly number[]): Row => ({
  database: place.kind,
  what,
  figure: `p50 ${median(took).toFixed(1)} ms · p95 ${percentile(took, 0.95).toFixed(1)} ms · max ${Math.max(...took).toFixed(1)} ms`,
});
