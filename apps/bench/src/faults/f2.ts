import { createDice, Recorder } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { ownMySql } from './child.ts';
import { prepareGround } from './ground.ts';
import { startLoad } from './load.ts';
import type { Report } from './report.ts';

interface DatabaseOptions {
  readonly kills: number;
  readonly seed: number;
  /** Whether the server is killed in the same moment; else it must live on. */
  readonly withServer: boolean;
}

/** F2, F3: the database is killed under load, alone or together with the server, and started again; everything acknowledged must be there. */
export async function killDatabase({ kills, seed, withServer }: DatabaseOptions): Promise<Report> {
  const dice = createDice(seed);
  await using database = await ownMySql();
  await using ground = await prepareGround('mysql', { databaseUrl: database.url });
  const recorder = new Recorder();
  let server = await ground.start();
  const { acks, end, scene, kept } = await startLoad({ urls: [ground.url], recorder, seed });
  let slowest = 0;
  let lives = 1;
  const troubles: string[] = [];
  for (let n = 0; n < kills; n++) {
    let alive = true;
    void server.gone.then(() => {
      alive = false;
    });
    await acks.reach(acks.count + 10 + dice.below(50));
    await Promise.all([database.kill(), ...(withServer ? [server.kill()] : [])]);
    await database.start();
    if (withServer) {
      server = await ground.start();
      lives++;
    } else if (!alive) troubles.push('The server ended with its database.');
    const up = performance.now();
    await acks.reach(acks.count + 1);
    slowest = Math.max(slowest, performance.now() - up);
  }
  if (slowest > 5_000) troubles.push(`The first acknowledgement after all was back took ${Math.round(slowest)} ms.`);
  await end();
  const { verdict, troubles: after } = await judge({ ground, scene, servers: [server], recorder, kept });
  const notes = `writing again ${Math.round(slowest)} ms at most after all was back, seed ${seed}`;
  const did = { kills, ...(withServer ? { 'lives of the server': lives } : {}) };
  return { name: withServer ? 'F3 mysql' : 'F2 mysql', did, verdict, troubles: [...troubles, ...after], notes };
}
