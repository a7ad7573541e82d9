import { fileURLToPath } from 'node:url';
import type { Api } from '@koreromai/client';
import type { Dialect } from '@koreromai/testing';
import type { Answered, Asked } from '../crowd/load.ts';
import { seedCrowd } from '../crowd/people.ts';
import { type Place, temporaryDatabase } from '../databases.ts';
import { startServer } from '../posts/server.ts';
import { percentile } from '../stats.ts';
import { startWorker } from '../worker.ts';
import { figureOf, residentMegabytes } from './figures.ts';
import { openStranger } from './line.ts';
import { type Report, verdictOf } from './report.ts';

interface StormOptions {
  readonly dialect: Dialect;
  readonly people: number;
}

const loadScript = fileURLToPath(new URL('../crowd/load.ts', import.meta.url));
const placeOf = (dialect: Dialect): Place =>
  dialect === 'sqlite' ? { kind: 'sqlite' } : { kind: 'mysql', server: process.env.TEST_MYSQL_URL ?? '' };

/** F14: ten thousand people connect and subscribe at once, and then talk. */
export async function connectAll({ dialect, people }: StormOptions): Promise<Report> {
  await using database = await temporaryDatabase(placeOf(dialect));
  const file = await seedCrowd(database.folder, { people, chats: Math.ceil(people * 0.4) }, database);
  await using server = await startServer(database);
  const origin = `http://127.0.0.1:${server.port}`;
  await using load = await startWorker<Asked, Answered>(loadScript, ['koreromai', file, origin]);
  const { seconds, away } = await load.ask({ do: 'connect', atOnce: 200 });
  await figureOf(origin, 'nodejs_eventloop_lag_p99_seconds'); // reading it begins a new count
  const { acked, delivered, missing, doubled } = await load.ask({ do: 'talk', rate: 200, ms: 10_000 });
  const lag = (await figureOf(origin, 'nodejs_eventloop_lag_p99_seconds')) * 1_000;
  const memory = residentMegabytes(server.pid);
  const troubles: string[] = [];
  if (away > 0) troubles.push(`${away} of ${people} connections were not there in the end.`);
  if (seconds > 30) troubles.push(`It took ${seconds.toFixed(1)} s until all had subscribed: 30 are promised.`);
  if (!(memory <= 400)) troubles.push(`The server took ${memory.toFixed(0)} MB: 400 are promised.`);
  if (!(lag <= 100)) troubles.push(`Once all were there, the event loop lagged by ${lag.toFixed(0)} ms (p99): 100 are promised.`);
  const verdict = verdictOf({ acked, deliveries: delivered, lost: missing, doubled });
  const notes = `subscribed within ${seconds.toFixed(1)} s, ${memory.toFixed(0)} MB, event loop p99 ${lag.toFixed(0)} ms`;
  return { name: `F14 ${dialect}`, did: { connections: people - away }, verdict, troubles, notes };
}

/** F15: their server is killed, and all come back at once, while others write and somebody signs in. */
export async function reconnectAll({ dialect, people }: StormOptions): Promise<Report> {
  await using database = await temporaryDatabase(placeOf(dialect));
  const file = await seedCrowd(database.folder, { people, chats: Math.ceil(people * 0.4) }, database);
  await using server = await startServer(database);
  const origin = `http://127.0.0.1:${server.port}`;
  await openStranger(origin).auth.signUp.mutate(newcomer);
  await using load = await startWorker<Asked, Answered>(loadScript, ['koreromai', file, origin]);
  await load.ask({ do: 'connect', atOnce: 100 });
  await load.ask({ do: 'talk', rate: 200, ms: 2_000 });
  await load.ask({ do: 'brace', origin });
  await server.kill();
  await using again = await startServer(database, false, server.port);
  let storming = true;
  const signing = keepSigningIn(openStranger(origin), () => storming);
  const { seconds, acked, delivered, missing, doubled, away } = await load.ask({ do: 'recover', within: 60_000 });
  storming = false;
  const { waits, failed } = await signing;
  const slowest = percentile(waits, 0.99);
  const troubles: string[] = [];
  if (away > 0) troubles.push(`${away} of ${people} had not come back after ${seconds.toFixed(0)} s.`);
  if (seconds > 60) troubles.push(`It took ${seconds.toFixed(1)} s until all had caught up: 60 are promised.`);
  if (slowest > 2_000) troubles.push(`Signing in meanwhile took ${slowest.toFixed(0)} ms (p99): 2,000 are promised.`);
  if (failed > 0) troubles.push(`Signing in failed ${failed} times meanwhile.`);
  const verdict = verdictOf({ acked, deliveries: delivered, lost: missing, doubled });
  const notes = `all caught up after ${seconds.toFixed(1)} s, ${residentMegabytes(again.pid).toFixed(0)} MB, signing in took ${slowest.toFixed(0)} ms (p99)`;
  return { name: `F15 ${dialect}`, did: { kills: 1, 'came back': people - away, 'signed in': waits.length }, verdict, troubles, notes };
}

const newcomer = { email: 'newcomer@example.org', password: 'a password of some length', name: 'Newcomer' };

async function keepSigningIn(api: Api, more: () => boolean): Promise<{ waits: number[]; failed: number }> {
  const waits: number[] = [];
  let failed = 0;
  while (more()) {
    const from = performance.now();
    await api.auth.signIn.mutate({ email: newcomer.email, password: newcomer.password }).then(
      () => waits.push(performance.now() - from),
      () => failed++,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { waits, failed };
}
