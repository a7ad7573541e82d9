import { setTimeout as pause } from 'node:timers/promises';
import { createDice, type Proxy as FaultProxy, Recorder, startProxy } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { isPassing, refusalIn } from './answer.ts';
import { ownRedis } from './child.ts';
import { prepareGround, through } from './ground.ts';
import { openLine } from './line.ts';
import { startLoad } from './load.ts';
import type { Report } from './report.ts';

interface PartitionOptions {
  /** How often each of the six partitions happens. */
  readonly rounds: number;
  /** Milliseconds that each lasts. */
  readonly lasting: number;
  readonly seed: number;
}

const ways = ['both', 'toServer', 'toClient'] as const;
/** Within this, in milliseconds, a server says that it cannot serve, serves without Redis, and serves again when the line is back. */
const promised = 5_000;

/**
 * F10: one of two servers is cut off from Redis or from MySQL, one way or both, under load. Without Redis it serves on, without MySQL it says so
 * and acknowledges nothing; when the line is back, so is it. Connections that were swallowed end in a reset, as a network would end them.
 */
export async function partition({ rounds, lasting, seed }: PartitionOptions): Promise<Report> {
  const dice = createDice(seed);
  await using redis = await ownRedis();
  const mysql = new URL(process.env.TEST_MYSQL_URL ?? 'mysql://127.0.0.1');
  await using toDatabase = await startProxy(Number(mysql.port || 3306), dice);
  await using toRedis = await startProxy(Number(new URL(redis.url).port), dice);
  await using ground = await prepareGround('mysql', {
    redisUrl: redis.url,
    nodes: 2,
    detour: (node, straight) =>
      node === 0 ? straight : { databaseUrl: through(straight.databaseUrl, toDatabase.port), redisUrl: through(redis.url, toRedis.port) },
  });
  const [, b = ''] = ground.urls;
  const recorder = new Recorder();
  const servers = [await ground.start(), await ground.start(undefined, 1)];
  const { scene, kept, acks, end } = await startLoad({ urls: ground.urls, recorder, seed });
  const troubles: string[] = [];
  const did = { 'Redis cut': 0, 'MySQL cut': 0, 'posts without Redis': 0, 'refusals without MySQL': 0 };
  let slowest = 0;

  const { id: conversationId, owner } = scene.groups[0] ?? { id: '', owner: undefined };
  if (!owner) throw new Error('There is no group to post in.');
  const line = openLine({ url: b, token: owner.token, calls: 'http', onOpen: () => {}, onBytes: () => {} });
  let asked = 0;
  /** One post by the server that is cut off: whether it was acknowledged. */
  async function post(): Promise<boolean> {
    const id = crypto.randomUUID();
    const text = `by the one that is cut off ${++asked}`;
    const attempt = recorder.attempt({ process: `probe ${asked}`, user: owner?.id ?? '', conversationId, messageId: id, text });
    try {
      const { message } = await line.api.messages.post.mutate({ conversationId, id, text });
      attempt.ok(message.seq);
      return true;
    } catch (error) {
      const code = refusalIn(error);
      isPassing(code) ? attempt.info() : attempt.fail();
      return false;
    }
  }
  const within = <Answer>(ms: number, answer: Promise<Answer>) => Promise.race([answer, pause(ms, null)]);
  const unready = () =>
    fetch(`${b}/readyz`, { signal: AbortSignal.timeout(promised) }).then(
      ({ status }) => status === 503,
      () => false,
    );

  async function cut(proxy: FaultProxy, way: (typeof ways)[number], meanwhile: () => Promise<void>): Promise<void> {
    proxy.weather.blackhole = way;
    const lasts = pause(lasting);
    await meanwhile();
    await lasts;
    proxy.weather.blackhole = 'none';
    proxy.resetAll();
    const back = performance.now();
    while (!(await within(promised, post())) && performance.now() - back < 3 * promised) await pause(50);
    slowest = Math.max(slowest, performance.now() - back);
  }

  const underWay: Promise<unknown>[] = [];
  for (let n = 0; n < rounds; n++) {
    for (const way of ways) {
      await acks.reach(acks.count + 20);
      await cut(toRedis, way, async () => {
        if (await within(promised, post())) did['posts without Redis']++;
        else troubles.push(`Cut off from Redis (${way}), it acknowledged nothing in ${promised} ms.`);
      });
      did['Redis cut']++;
      await acks.reach(acks.count + 20);
      await cut(toDatabase, way, async () => {
        let healed = false;
        const answer = post().then((acked) => acked && !healed);
        underWay.push(answer);
        if (await unready()) did['refusals without MySQL']++;
        else troubles.push(`Cut off from MySQL (${way}), it did not say within ${promised} ms that it is not ready.`);
        if (await within(lasting, answer)) troubles.push(`Cut off from MySQL (${way}), it acknowledged a post.`);
        healed = true;
      });
      did['MySQL cut']++;
    }
  }
  if (slowest > promised) troubles.push(`The line was back, and the server took ${Math.round(slowest)} ms to serve again.`);
  await Promise.all(underWay);
  await line.close();
  await end();
  const { verdict, troubles: after } = await judge({ ground, scene, servers, recorder, kept });
  const swallowed = toDatabase.damage.swallowedBytes + toRedis.damage.swallowedBytes;
  const notes = `each ${lasting} ms, serving again ${Math.round(slowest)} ms at most after, seed ${seed}`;
  return { name: 'F10 mysql', did: { ...did, 'bytes swallowed': swallowed }, verdict, troubles: [...troubles, ...after], notes };
}
