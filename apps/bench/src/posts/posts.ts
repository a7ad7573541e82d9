import { fileURLToPath } from 'node:url';
import { type Place, temporaryDatabase } from '../databases.ts';
import { type Archive, startEjabberd } from '../peers/ejabberd/ejabberd.ts';
import { quiet } from '../quiet.ts';
import { median, spread } from '../stats.ts';
import type { Row } from '../table.ts';
import { type Run, startWorker, type Worker } from '../worker.ts';
import { openBare } from './bare.ts';
import { type Sizes, seedPosters } from './fixture.ts';
import { startServer } from './server.ts';

const laneScript = fileURLToPath(new URL('../../../../packages/api/src/test/lane-bench.ts', import.meta.url));
const loadScript = fileURLToPath(new URL('./load.ts', import.meta.url));

const jabberScript = fileURLToPath(new URL('../peers/ejabberd/load.ts', import.meta.url));

export interface PostsOptions extends Sizes {
  readonly rounds: number;
  /** Milliseconds of each run. */
  readonly ms: number;
  /** Whether ejabberd is asked too, where it is installed. */
  readonly peers: boolean;
}

export const postsSizes: PostsOptions = { posters: 50, conversations: 4_000, rounds: 3, ms: 6_000, peers: true };

type Way = 'bare' | 'lane' | 'end to end' | 'subscribed' | Archive;

/** Durable posts from closed-loop posters: the bare driver, the lane alone, through the server's sockets, and ejabberd where it is installed, in turns. */
export async function posts(place: Place, options: PostsOptions = postsSizes): Promise<Row[]> {
  const databases = await Promise.all([temporaryDatabase(place), temporaryDatabase(place), temporaryDatabase(place)]);
  const [bareAt, laneAt, serverAt] = databases;
  await using stack = new AsyncDisposableStack();
  for (const database of databases) stack.use(database);
  const { posters } = await seedPosters(bareAt, options);
  const bare = stack.use(openBare(bareAt, posters));
  const lane = stack.use(await startWorker(laneScript, [laneAt.url, (await seedPosters(laneAt, options)).file]));
  const { file } = await seedPosters(serverAt, options);
  const server = stack.use(await startServer(serverAt));
  const load = stack.use(await startWorker(loadScript, [server.url, file]));

  const workers = new Map<Way, Worker>([
    ['bare', bare],
    ['lane', lane],
    ['end to end', load],
    ['subscribed', load],
  ]);
  let version = '';
  for (const archive of options.peers ? (['sqlite', 'mnesia'] as const) : []) {
    const peer = await startEjabberd(archive);
    if (!peer) continue;
    version = peer.version;
    workers.set(archive, stack.use(await startWorker(jabberScript, [String(stack.use(peer).port), file])));
  }
  const runs: Record<Way, Run[]> = { bare: [], lane: [], 'end to end': [], subscribed: [], sqlite: [], mnesia: [] };
  for (let round = 0; round <= options.rounds; round++) {
    for (const [way, worker] of workers) {
      if (options.peers) await quiet(); // what one wrote is put into its index meanwhile, and not while the next is measured
      const warming = round === 0; // compiled code, filled caches; its figures are dropped
      const run = await worker.ask({ ms: warming ? options.ms / 2 : options.ms, subscribed: way === 'subscribed' });
      if (!warming) runs[way].push(run);
    }
  }
  const rate = (way: Way) => runs[way].map((r) => r.posts / r.seconds);
  /** Each run against the bare run of its own round: what disturbs the machine disturbs both. */
  const ratio = (way: Way, to: Way = 'bare') => median(rate(way).map((r, i) => r / (rate(to)[i] ?? Number.NaN)));
  const row = (way: Way, what: string, more: Partial<Row> = {}): Row => ({
    database: place.kind,
    what,
    figure: `${Math.round(median(rate(way))).toLocaleString('en')} posts/s ±${(spread(rate(way)) * 100).toFixed(0)} % · p50 ${ms(runs[way], 'p50')} p99 ${ms(runs[way], 'p99')}`,
    ...more,
  });
  const against = (way: Way) => ({ ratio: ratio(way), to: 'bare' });
  const deliveries = median(runs.subscribed.map((r) => r.delivered / r.posts));
  return [
    row('bare', `posts: bare INSERT, autocommit${place.kind === 'mysql' ? ', pool 16' : ''}`),
    row('lane', 'posts: the lane alone', { ...against('lane'), gate: { least: 1 } }),
    row('end to end', 'posts: end to end, 50 sockets'.replace('50', String(options.posters)), {
      ...against('end to end'),
      gate: { least: 0.4 },
    }),
    row('subscribed', `posts: … and each delivered to ${deliveries.toFixed(1)} subscribers`, against('subscribed')),
    ...(runs.sqlite.length === 0
      ? []
      : [
          row('sqlite', `posts: ejabberd ${version}, archive in SQLite, delivered too`, {
            ...{ ratio: ratio('subscribed', 'sqlite'), to: 'is ours', gate: { least: 12 } },
          }),
          row('mnesia', `posts: ejabberd ${version}, archive in Mnesia: not on the disk yet`, {
            ratio: ratio('subscribed', 'mnesia'),
            to: 'is ours',
          }),
        ]),
  ];
}

const ms = (runs: readonly Run[], of: 'p50' | 'p99') => `${median(runs.map((r) => r[of])).toFixed(1)} ms`;
