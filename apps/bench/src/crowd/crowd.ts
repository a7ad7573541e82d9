import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Place, type Temporary, temporaryDatabase } from '../databases.ts';
import { startPeer } from '../peers/peer.ts';
import { startServer } from '../posts/server.ts';
import { median, spread } from '../stats.ts';
import type { Row } from '../table.ts';
import { startWorker, type Worker } from '../worker.ts';
import type { Answered, Asked } from './load.ts';
import { type CrowdSizes, seedCrowd } from './people.ts';
import type { Kind } from './wire.ts';

const loadScript = fileURLToPath(new URL('./load.ts', import.meta.url));

export interface CrowdOptions extends CrowdSizes {
  readonly rounds: number;
  /** Milliseconds of talk at each rate. */
  readonly ms: number;
  /** Posts per second of the whole crowd, tried in turn; the last of `gated` is the one to hold. */
  readonly rates: readonly number[];
  readonly gated: number;
}

export const crowdSizes: CrowdOptions = {
  people: 10_000,
  chats: 4_000,
  rounds: 3,
  ms: 8_000,
  rates: [1_000, 2_000, 3_000, 4_000],
  gated: 4_000,
};

interface Figures {
  /** Bytes of resident memory for each connection. */
  readonly memory: number;
  /** Connections made in a second. */
  readonly connects: number;
  readonly talks: ReadonlyMap<number, Answered>;
}

type Load = Worker<Asked, Answered>;

/** Ten thousand people in four thousand small chats, connected and subscribed: to KoreroMai, to a raw `ws` server and to Socket.IO, in turns. */
export async function crowd(place: Place, options: CrowdOptions = crowdSizes): Promise<Row[]> {
  const runs: Record<Kind, Figures[]> = { koreromai: [], raw: [], 'socket.io': [] };
  const recoveries: Answered[] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (const kind of ['raw', 'koreromai', 'socket.io'] as const) {
      await using database = await temporaryDatabase(place);
      const file = await seedCrowd(database.folder, options, kind === 'koreromai' ? database : null);
      if (kind === 'koreromai') {
        await using server = await startServer(database);
        const origin = `http://127.0.0.1:${server.port}`;
        await using load: Load = await startWorker<Asked, Answered>(loadScript, [kind, file, origin]);
        runs[kind].push(await measure(load, server.pid, options));
        if (round === options.rounds - 1) recoveries.push(await killed(load, server, database, origin));
      } else {
        await using peer = await startPeer(kind === 'raw' ? 'raw' : 'socket-io', file);
        await using load: Load = await startWorker<Asked, Answered>(loadScript, [kind, file, peer.origin]);
        runs[kind].push(await measure(load, peer.pid, options));
      }
    }
  }
  return rows(place, runs, recoveries, options);
}

async function measure(load: Load, pid: number, { people, rates, ms }: CrowdOptions): Promise<Figures> {
  const before = residentBytes(pid);
  const { seconds } = await load.ask({ do: 'connect', atOnce: 100 });
  await settled();
  const memory = (residentBytes(pid) - before) / people;
  const talks = new Map<number, Answered>();
  for (const rate of rates) talks.set(rate, await load.ask({ do: 'talk', rate, ms }));
  return { memory, connects: people / seconds, talks };
}

/** Everybody's server dies without a word and starts again at once, while people go on. */
async function killed(load: Load, server: Awaited<ReturnType<typeof startServer>>, database: Temporary, origin: string): Promise<Answered> {
  await load.ask({ do: 'talk', rate: 200, ms: 1_000 });
  await load.ask({ do: 'brace', origin });
  await server.kill();
  await using _again = await startServer(database, false, server.port);
  return await load.ask({ do: 'recover', within: 60_000 }); // awaited here: the server must outlive it
}

/** Resident memory as the system counts it; Linux only. */
function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) * 1_024;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 3_000)); // what connecting left behind is collected

function rows(place: Place, runs: Record<Kind, Figures[]>, recoveries: readonly Answered[], options: CrowdOptions): Row[] {
  const of = (kind: Kind, figure: (f: Figures) => number) => runs[kind].map(figure);
  const against = (kind: Kind, peer: Kind, figure: (f: Figures) => number) =>
    median(of(kind, figure).map((value, i) => value / (of(peer, figure)[i] ?? Number.NaN)));
  const kinds = ['koreromai', 'raw', 'socket.io'] as const;
  const talk = (rate: number, what: (a: Answered) => number) => (f: Figures) => {
    const answered = f.talks.get(rate);
    return answered ? what(answered) : Number.NaN;
  };
  const connects = kinds.map((kind): Row => {
    const own = kind === 'koreromai' ? { ratio: against(kind, 'socket.io', (f) => f.connects), to: 'Socket.IO', gate: { least: 1.5 } } : {};
    const rate = of(kind, (f) => f.connects);
    return {
      database: place.kind,
      what: `crowd: ${kind}, connect and subscribe`,
      figure: `${round(median(rate))}/s ±${percent(spread(rate))}`,
      ...own,
    };
  });
  const memory = kinds.map((kind): Row => {
    const kb = median(of(kind, (f) => f.memory)) / 1_000;
    const own = kind === 'koreromai' ? { ratio: kb / 20, to: 'of 20 kB', gate: { most: 1 } } : {};
    return { database: place.kind, what: `crowd: ${kind}, resident memory of an idle connection`, figure: `${kb.toFixed(1)} kB`, ...own };
  });
  const talks = options.rates.flatMap((rate) =>
    kinds.map((kind): Row => {
      const p99 = median(
        of(
          kind,
          talk(rate, (a) => a.p99),
        ),
      );
      const sum = (what: (a: Answered) => number) => of(kind, talk(rate, what)).reduce((a, b) => a + b, 0);
      const whole = sum((a) => a.posted) === sum((a) => a.acked) && sum((a) => a.missing) === 0 && sum((a) => a.doubled) === 0;
      const own =
        kind === 'koreromai' && rate === options.gated ? { ratio: whole ? p99 / 100 : Number.NaN, to: 'of 100 ms', gate: { most: 1 } } : {};
      const counts = `posted ${round(sum((a) => a.posted))}, acked ${round(sum((a) => a.acked))}, delivered ${round(sum((a) => a.delivered))}, missing ${sum((a) => a.missing)}, doubled ${sum((a) => a.doubled)}`;
      return {
        database: place.kind,
        what: `crowd: ${kind}, ${round(rate)} posts/s`,
        figure: `p50 ${median(
          of(
            kind,
            talk(rate, (a) => a.p50),
          ),
        ).toFixed(1)} p99 ${p99.toFixed(1)} ms · ${counts}`,
        ...own,
      };
    }),
  );
  const back = recoveries.map((r): Row => {
    const whole = r.missing === 0 && r.away === 0 && r.acked > 0;
    return {
      database: place.kind,
      what: `crowd: everybody back after SIGKILL, all caught up`,
      figure: `${r.seconds.toFixed(1)} s · acked ${round(r.acked)}, missing ${r.missing}, still away ${r.away}`,
      ratio: whole ? r.seconds / 30 : Number.NaN,
      to: 'of 30 s',
      gate: { most: 1 },
    };
  });
  return [...connects, ...memory, ...talks, ...back];
}

const round = (n: number) => Math.round(n).toLocaleString('en');
const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
