import { createDice, Recorder, startProxy } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { prepareGround, through } from './ground.ts';
import { startLoad } from './load.ts';
import type { Report } from './report.ts';

const isCommit = (request: Buffer) => request.subarray(-6).toString('latin1') === 'commit';

/** F6: MySQL has committed, and the line is cut before the server hears of it; it must find out, write nothing twice and refuse nothing that stands. */
export async function loseCommits({ losses, seed }: { losses: number; seed: number }): Promise<Report> {
  const dice = createDice(seed);
  const mysql = new URL(process.env.TEST_MYSQL_URL ?? 'mysql://127.0.0.1');
  await using proxy = await startProxy(Number(mysql.port || 3306), dice);
  await using ground = await prepareGround('mysql', {
    detour: (_node, { databaseUrl }) => ({ databaseUrl: through(databaseUrl, proxy.port) }),
  });
  const recorder = new Recorder();
  const server = await ground.start();
  const { scene, kept, acks, end } = await startLoad({ urls: [ground.url], recorder, seed });
  let commits = 0;
  proxy.weather.losesReply = (request) => {
    if (!isCommit(request)) return false;
    commits++;
    return proxy.damage.lostReplies < losses && dice.chance(0.3);
  };
  const patience = performance.now() + 60_000 + losses * 1_000;
  while (proxy.damage.lostReplies < losses && performance.now() < patience) await acks.reach(acks.count + 1);
  await acks.reach(acks.count + 20);
  await end();
  const { verdict, troubles } = await judge({ ground, scene, servers: [server], recorder, kept });
  const { lostReplies } = proxy.damage;
  if (lostReplies < losses) troubles.push(`Only ${lostReplies} of ${losses} answers to COMMIT were lost in the time there was.`);
  const { unknown, refused } = verdict.tally;
  const notes = `${commits} commits seen, ${unknown} posts unanswered and ${refused} refused on the way, seed ${seed}`;
  return { name: 'F6 mysql', did: { 'lost commits': lostReplies }, verdict, troubles, notes };
}
