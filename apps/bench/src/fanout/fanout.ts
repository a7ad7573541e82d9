import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Place, type Temporary, temporaryDatabase } from '../databases.ts';
import { flags } from '../flags.ts';
import { seedPosters } from '../posts/fixture.ts';
import { median, spread } from '../stats.ts';
import type { Row } from '../table.ts';
import { type Run, startWorker } from '../worker.ts';
import { type PeerName, peers } from './peers.ts';

const loadScript = fileURLToPath(new URL('./load.ts', import.meta.url));

export interface FanoutOptions {
  readonly subscribers: number;
  readonly rounds: number;
  /** Milliseconds of each run. */
  readonly ms: number;
}

export const fanoutSizes: FanoutOptions = { subscribers: 1_000, rounds: 3, ms: 2_500 };

const names = Object.keys(peers) as PeerName[];

/** Messages into one room with many subscribers: the product, storing each, beside peers that store nothing, each in a process of its own, in turns. */
export async function fanout(place: Place, options: FanoutOptions = fanoutSizes): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await temporaryDatabase(place));
  const tokens = await seedTokens(database, options.subscribers);
  const crowds = new Map<PeerName, Awaited<ReturnType<typeof gather>>>();
  for (const name of names) crowds.set(name, stack.use(await gather(name, database, tokens)));
  const runs = new Map<PeerName, (Run & { cpu: number })[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= options.rounds; round++) {
    for (const [name, crowd] of crowds) {
      const before = cpuOf(crowd.pid);
      const run = await crowd.ask({ ms: round === 0 ? options.ms / 2 : options.ms, subscribed: true });
      const cpu = ((cpuOf(crowd.pid) - before) * 1e6) / run.delivered;
      if (round > 0) runs.get(name)?.push({ ...run, cpu });
    }
  }
  const rate = (name: PeerName) => (runs.get(name) ?? []).map((run) => run.delivered / run.seconds);
  const against = (name: PeerName, other: PeerName) => median(rate(name).map((r, i) => r / (rate(other)[i] ?? Number.NaN)));
  const row = (name: PeerName, what: string): Row => {
    const own = runs.get(name) ?? [];
    const figure = `${Math.round(median(rate(name))).toLocaleString('en')}/s ±${(spread(rate(name)) * 100).toFixed(0)} % · ${median(own.map((r) => r.cpu)).toFixed(1)} µs each · p99 ${median(own.map((r) => r.p99)).toFixed(0)} ms`;
    return { database: place.kind, what: `fan-out to ${options.subscribers}: ${what}`, figure, ratio: against('hub', name), to: 'is ours' };
  };
  return [
    { ...row('raw', 'bare sockets, one write a turn'), gate: { least: 0.15 } },
    { ...row('Socket.IO', 'Socket.IO'), gate: { least: 1 } },
    { ...row('generators', 'a tRPC generator for each'), gate: { least: 4 } },
    { ...row('hub', 'ours, every message stored'), ratio: 1, to: 'is ours' },
  ];
}

async function seedTokens(database: Temporary, subscribers: number): Promise<string> {
  const { posters } = await seedPosters(database, { posters: subscribers + 1, conversations: 0 });
  const file = join(database.folder, 'tokens.json');
  writeFileSync(file, JSON.stringify(posters.map(({ token }) => token)));
  return file;
}

/** A peer's server and the crowd that listens to it. */
async function gather(name: PeerName, database: Temporary, tokens: string) {
  const { script } = peers[name];
  const env = { ...process.env, PORT: '0', DATA_DIR: database.folder, DATABASE_URL: database.url, RATE_LIMITS: 'off', LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [...flags, script, '--no-web'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let said = '';
  while (!/http:\/\/[^:\s]+:\d+/.test(said)) said += String((await once(child.stdout, 'data'))[0]);
  const port = /http:\/\/[^:\s]+:(\d+)/.exec(said)?.[1] ?? '';
  const room = name === 'hub' ? await openRoom(port, tokens) : randomBytes(16).toString('hex');
  const load = await startWorker(loadScript, [name, port, tokens, room]);
  return {
    pid: child.pid ?? 0,
    ask: load.ask,
    async [Symbol.asyncDispose]() {
      await load[Symbol.asyncDispose]();
      child.kill('SIGTERM');
      await exit;
    },
  };
}

async function openRoom(port: string, tokens: string): Promise<string> {
  const [token] = JSON.parse(readFileSync(tokens, 'utf8')) as string[];
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'The hall', access: 'public' });
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/rooms`, { method: 'POST', headers, body });
  const { id } = (await response.json()) as { id: string };
  return id;
}

/** Seconds of processor that a process has used; NaN where the system does not tell. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}
