import { createDice, Recorder } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { ownMySql } from './child.ts';
import { prepareGround } from './ground.ts';
import { startLoad } from './load.ts';
import type { Report } from './report.ts';

/** F2: the database is killed under load and started again; the server must live on, and everything acknowledged be there. */
export async function killDatabase({ kills, seed }: { kills: number; seed: number }): Promise<Report> {
  const dice = createDice(seed);
  await using database = await ownMySql();
  await using ground = await prepareGround('mysql', { databaseUrl: database.url });
  const recorder = new Recorder();
  const server = await ground.start();
  let alive = true;
  void server.gone.then(() => {
    alive = false;
  });
  const { acks, end, scene, kept } = await startLoad({ urls: [ground.url], recorder, seed });
  let slowest = 0;
  const troubles: string[] = [];
  for (let n = 0; n < kills; n++) {
    await acks.reach(acks.count + 10 + dice.below(50));
    await database.kill();
    await database.start();
    const up = performance.now();
    await acks.reach(acks.count + 1);
    slowest = Math.max(slowest, performance.now() - up);
    if (!alive) troubles.push('The server ended with its database.');
  }
  if (slowest > 5_000) troubles.push(`The first acknowledgement after the database was back took ${Math.round(slowest)} ms.`);
  await end();
  const { verdict, troubles: after } = await judge({ ground, scene, servers: [server], recorder, kept });
  const notes = `writing again ${Math.round(slowest)} ms at most after the database was back, seed ${seed}`;
  return { name: 'F2 mysql', did: { kills }, verdict, troubles: [...troubles, ...after], notes };
}
