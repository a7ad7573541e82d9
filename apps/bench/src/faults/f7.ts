import { setTimeout as pause } from 'node:timers/promises';
import { createDice, Recorder } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { ownRedis } from './child.ts';
import { createDelays } from './delays.ts';
import { prepareGround } from './ground.ts';
import { startLoad } from './load.ts';
import type { Report } from './report.ts';

const redisUp = async (url: string) => {
  const { redis } = (await (await fetch(`${url}/readyz`)).json()) as { redis: string };
  return redis === 'up';
};

interface OutageOptions {
  readonly outages: number;
  /** Milliseconds that each lasts at least. */
  readonly lasting: number;
  readonly seed: number;
}

/** F7: Redis is killed and frozen by turns under load, between two servers that are written to and listened to alike. */
export async function loseRedis({ outages, lasting, seed }: OutageOptions): Promise<Report> {
  const dice = createDice(seed);
  await using redis = await ownRedis();
  await using ground = await prepareGround('mysql', { redisUrl: redis.url, nodes: 2 });
  const recorder = new Recorder();
  const servers = [await ground.start(), await ground.start(undefined, 1)];
  const delays = createDelays();
  delays.during('up');
  const { scene, kept, acks, end } = await startLoad({ urls: ground.urls, recorder, seed, ...delays });
  const did = { kills: 0, freezes: 0 };
  let slowest = 0;
  for (let n = 0; n < outages; n++) {
    await acks.reach(acks.count + 20 + dice.below(50));
    delays.during('down');
    const killed = n % 2 === 0;
    if (killed) await redis.kill();
    else redis.freeze();
    await Promise.all([acks.reach(acks.count + 20), pause(lasting + dice.below(1_000))]);
    if (killed) await redis.start();
    else redis.thaw();
    did[killed ? 'kills' : 'freezes']++;
    const back = performance.now();
    while (!(await Promise.all(ground.urls.map(redisUp))).every(Boolean) && performance.now() - back < 15_000) await pause(50);
    slowest = Math.max(slowest, performance.now() - back);
    delays.during('up');
  }
  await acks.reach(acks.count + 20);
  await end();
  const { verdict, troubles } = await judge({ ground, scene, servers, recorder, kept });
  const [up, down] = [delays.p99('up'), delays.p99('down')];
  if (slowest >= 15_000) troubles.push('Redis was back, and a server had not found it after 15 s.');
  if (outages > 5 && down > 2_500) troubles.push(`Without Redis one in a hundred deliveries took ${down} ms or more: 2,500 are promised.`);
  if (outages > 5 && up > 500) troubles.push(`With Redis one in a hundred deliveries took ${up} ms or more: 500 are promised.`);
  const notes = `p99 ${up} ms with Redis, ${down} ms without, found again after ${Math.round(slowest)} ms at most, seed ${seed}`;
  return { name: 'F7 mysql', did: { ...did, 'read back': verdict.tally.readBacks }, verdict, troubles, notes };
}
