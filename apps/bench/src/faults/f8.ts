import { createDice, Recorder } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { prepareGround } from './ground.ts';
import { startLoad } from './load.ts';
import type { Report } from './report.ts';

export interface NodeOptions {
  /** `kill`: kill -9. `drain`: asked to end, as when a new version is rolled out. */
  readonly how: 'kill' | 'drain';
  readonly times: number;
  readonly seed: number;
  readonly redisUrl?: string | undefined;
}

/** F8, F22: one of two servers goes, by turns, while people write; they move to the other, and it comes back. */
export async function loseNode({ how, times, seed, redisUrl }: NodeOptions): Promise<Report> {
  const dice = createDice(seed);
  await using ground = await prepareGround('mysql', { nodes: 2, ...(redisUrl ? { redisUrl } : {}) });
  const recorder = new Recorder();
  const servers = [await ground.start(), await ground.start(undefined, 1)];
  const { scene, kept, acks, end } = await startLoad({ urls: ground.urls, recorder, seed });
  const unwilling: string[] = [];
  let slowest = 0;
  for (let n = 0; n < times; n++) {
    await acks.reach(acks.count + 10 + dice.below(50));
    const node = how === 'drain' ? n % 2 : dice.below(2);
    const fell = performance.now();
    const code = how === 'kill' ? await servers[node]?.kill() : await servers[node]?.stop();
    if (how === 'drain') slowest = Math.max(slowest, performance.now() - fell);
    if (how === 'drain' && code !== 0)
      unwilling.push(`A server that was asked to end gave exit code ${code}, or had to be killed after ten seconds.`);
    await acks.reach(acks.count + 1 + dice.below(20)); // the other goes on alone
    if (how === 'kill') slowest = Math.max(slowest, performance.now() - fell);
    servers[node] = await ground.start(undefined, node);
  }
  await acks.reach(acks.count + 20);
  await end();
  const { verdict, troubles } = await judge({ ground, scene, servers, recorder, kept });
  const told = how === 'kill' ? `the other served on within ${Math.round(slowest)} ms` : `ended within ${Math.round(slowest)} ms`;
  const notes = `${redisUrl ? 'with' : 'without'} Redis, ${told}, seed ${seed}`;
  const did = { [how === 'kill' ? 'kills' : 'restarts']: times, 'read back': verdict.tally.readBacks };
  return { name: `${how === 'kill' ? 'F8' : 'F22'} mysql`, did, verdict, troubles: [...unwilling, ...troubles], notes };
}
