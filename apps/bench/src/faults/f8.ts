import { createDice, Recorder } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { prepareGround } from './ground.ts';
import { startLoad } from './load.ts';
import type { Report } from './report.ts';

/** F8: one of two servers is killed, whichever the dice say, while people write; they move to the other, and it comes back. */
export async function loseNode({ kills, seed, redisUrl }: { kills: number; seed: number; redisUrl?: string | undefined }): Promise<Report> {
  const dice = createDice(seed);
  await using ground = await prepareGround('mysql', { nodes: 2, ...(redisUrl ? { redisUrl } : {}) });
  const recorder = new Recorder();
  const servers = [await ground.start(), await ground.start(undefined, 1)];
  const { scene, kept, acks, end } = await startLoad({ urls: ground.urls, recorder, seed });
  let slowest = 0;
  for (let n = 0; n < kills; n++) {
    await acks.reach(acks.count + 10 + dice.below(50));
    const node = dice.below(2);
    await servers[node]?.kill();
    const fell = performance.now();
    await acks.reach(acks.count + 1 + dice.below(20)); // the other goes on alone
    slowest = Math.max(slowest, performance.now() - fell);
    servers[node] = await ground.start(undefined, node);
  }
  await acks.reach(acks.count + 20);
  await end();
  const { verdict, troubles } = await judge({ ground, scene, servers, recorder, kept });
  const notes = `${redisUrl ? 'with' : 'without'} Redis, the other served on within ${Math.round(slowest)} ms, seed ${seed}`;
  return { name: 'F8 mysql', did: { kills, 'read back': verdict.tally.readBacks }, verdict, troubles, notes };
}
