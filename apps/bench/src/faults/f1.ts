import { createDice, type Dialect, Recorder, startProxy } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { keepCutting } from './fraying.ts';
import { prepareGround } from './ground.ts';
import { keepClient } from './kept-client.ts';
import { namedPoints } from './named-points.ts';
import { createAcks, keepPosting } from './posting.ts';
import type { Report } from './report.ts';
import { keepMoving } from './restless.ts';
import { setScene } from './scene.ts';
import type { ServerProcess } from './server.ts';

export interface KillOptions {
  readonly dialect: Dialect;
  readonly kills: number;
  readonly seed: number;
}

/** F1: the server is killed under load, at random moments and at named points by turns, and started again; then everything must be true. */
export async function killServer({ dialect, kills, seed }: KillOptions): Promise<Report> {
  const dice = createDice(seed);
  await using ground = await prepareGround(dialect);
  await using proxy = await startProxy(ground.port, dice);
  const recorder = new Recorder();
  const acks = createAcks();
  const hit = new Set<string>();
  const troubles: string[] = [];
  let slowest = 0;

  let server = await ground.start();
  const scene = await setScene({ calls: ground.url, feed: `http://127.0.0.1:${proxy.port}` }, recorder);
  const kept = await Promise.all(scene.people.slice(0, 3).map((person) => keepClient(ground.url, person)));
  let going = true;
  const more = () => going;
  const work = [
    ...scene.people.map((person, n) =>
      keepPosting({ person, conversations: scene.chatsOf(person), recorder, acks, dice: createDice(seed + n), more }),
    ),
    keepMoving(scene.groups, createDice(seed + 100), more).then(() => {}),
  ];

  const cutting = keepCutting(proxy, createDice(seed + 200), more);
  const points = namedPoints(dice);
  let dead = 0;
  for (let named: { point: string } | null = null; dead < kills; dead++) {
    const aim = dead % 2 === 0 ? points.next().value : null; // for the life that begins after this kill
    if (await die(server, named === null ? 10 + dice.below(200) : null)) hit.add(named?.point ?? 'anywhere');
    else troubles.push(`The server lived on past ${named?.point}.`);
    const fell = performance.now();
    server = await ground.start(dead + 1 < kills ? aim?.failAt : undefined);
    slowest = Math.max(slowest, performance.now() - fell);
    named = dead + 1 < kills ? aim : null;
  }

  /** Kills the server after so many acknowledgements more, or waits until it has killed itself at its point: that is what it gives. */
  async function die(one: ServerProcess, after: number | null): Promise<boolean> {
    const patience = new Promise<'late'>((resolve) => setTimeout(resolve, 15_000, 'late').unref());
    const first = await Promise.race([patience, one.gone, ...(after === null ? [] : [acks.reach(acks.count + after)])]);
    await one.kill();
    return after !== null || first !== 'late';
  }

  going = false;
  await Promise.all(work);
  const cuts = await cutting;
  const { verdict, troubles: after } = await judge({ ground, scene, servers: [server], recorder, kept });
  const notes = `at ${hit.size} kinds of moment, up again after ${Math.round(slowest)} ms at most, seed ${seed}`;
  return { name: `F1 ${dialect}`, did: { kills: dead, cuts }, verdict, troubles: [...troubles, ...after], notes };
}
