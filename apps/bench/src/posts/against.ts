import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Place } from '../databases.ts';
import { median, spread } from '../stats.ts';
import type { Row } from '../table.ts';
import { startWorker, type Worker } from '../worker.ts';
import { type PostsOptions, postsSizes } from './posts.ts';

const here = fileURLToPath(new URL('../../../../', import.meta.url));
const loadScript = fileURLToPath(new URL('./load.ts', import.meta.url));

/** Posts through the server of another checkout and of this one, in turns, each over a database of its own: what a change costs. */
export async function postsAgainst(place: Place, other: string, options: PostsOptions = { ...postsSizes, rounds: 9 }): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  const [before, now] = [await openServer(stack, place, other, options), await openServer(stack, place, here, options)];
  const rows: Row[] = [];
  for (const subscribed of [false, true]) {
    const rates: { before: number[]; now: number[] } = { before: [], now: [] };
    const p50: { before: number[]; now: number[] } = { before: [], now: [] };
    for (let round = -1; round < options.rounds; round++) {
      for (const way of round % 2 === 0 ? (['before', 'now'] as const) : (['now', 'before'] as const)) {
        const run = await { before, now }[way].ask({ ms: options.ms, subscribed });
        if (round < 0) continue; // a warm-up
        rates[way].push(run.posts / run.seconds);
        p50[way].push(run.p50);
      }
    }
    const what = `posts: end to end${subscribed ? ', delivered to subscribers' : ''}`;
    const figure = (way: 'before' | 'now') =>
      `${Math.round(median(rates[way])).toLocaleString('en')} posts/s ±${(spread(rates[way]) * 100).toFixed(0)} % · p50 ${median(p50[way]).toFixed(1)} ms`;
    rows.push({ database: place.kind, what: `${what}, the other checkout`, figure: figure('before') });
    const ratio = median(rates.now.map((rate, i) => rate / (rates.before[i] ?? Number.NaN)));
    rows.push({ database: place.kind, what: `${what}, this one`, figure: figure('now'), ratio, to: 'the other', gate: { least: 0.9 } });
  }
  return rows;
}

/** The real server of a checkout, over a database that its own migrations made. */
async function openServer(stack: AsyncDisposableStack, place: Place, checkout: string, options: PostsOptions): Promise<Worker> {
  const from = async <M>(path: string): Promise<M> => await import(pathToFileURL(join(checkout, 'apps/bench/src', path)).href);
  const { temporaryDatabase } = await from<typeof import('../databases.ts')>('databases.ts');
  const { seedPosters } = await from<typeof import('./fixture.ts')>('posts/fixture.ts');
  const { startServer } = await from<typeof import('./server.ts')>('posts/server.ts');
  const database = stack.use(await temporaryDatabase(place));
  const { file } = await seedPosters(database, options);
  const server = stack.use(await startServer(database));
  return stack.use(await startWorker(loadScript, [server.url, file]));
}
