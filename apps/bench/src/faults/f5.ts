import { createDice, type Dialect, Recorder, startProxy } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { prepareGround } from './ground.ts';
import { keepClient } from './kept-client.ts';
import { createAcks, keepPosting } from './posting.ts';
import type { Report } from './report.ts';
import { setScene } from './scene.ts';

export interface LoseOptions {
  readonly dialect: Dialect;
  /** How many replies to lose. */
  readonly losses: number;
  readonly seed: number;
}

/** F5: the line is cut after the server got the request and before the client has the reply; retries must make exactly one message each. */
export async function loseReplies({ dialect, losses, seed }: LoseOptions): Promise<Report> {
  const dice = createDice(seed);
  await using ground = await prepareGround(dialect);
  await using proxy = await startProxy(ground.port, dice);
  const recorder = new Recorder();
  const acks = createAcks();

  const server = await ground.start();
  const scene = await setScene({ calls: `http://127.0.0.1:${proxy.port}`, feed: ground.url }, recorder);
  const kept = await Promise.all(scene.people.slice(0, 3).map((person) => keepClient(ground.url, person)));
  const more = () => proxy.damage.lostReplies < losses;
  proxy.weather.losesReply = () => more() && dice.chance(0.4);
  const posting = scene.people.map((person, n) =>
    keepPosting({ person, conversations: scene.chatsOf(person), recorder, acks, dice: createDice(seed + n), more }),
  );
  await Promise.all(posting);
  const { verdict, troubles } = await judge({ ground, scene, servers: [server], recorder, kept });
  return { name: `F5 ${dialect}`, did: { 'lost replies': proxy.damage.lostReplies }, verdict, troubles, notes: `seed ${seed}` };
}
