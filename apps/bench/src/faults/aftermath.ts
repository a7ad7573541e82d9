import { check, type Recorder, type Verdict } from '@koreromai/testing';
import { dumpDatabase } from './dump.ts';
import type { Ground } from './ground.ts';
import type { KeptClient } from './kept-client.ts';
import type { Scene } from './scene.ts';
import type { ServerProcess } from './server.ts';
import { readUnread } from './unread.ts';

interface Aftermath {
  readonly ground: Ground;
  readonly scene: Scene;
  readonly servers: readonly ServerProcess[];
  readonly recorder: Recorder;
  readonly kept: readonly KeptClient[];
}

/** When the work is over: waits for quiet, takes down what everybody holds, ends the servers and puts it all before the oracle. */
export async function judge({ ground, scene, servers, recorder, kept }: Aftermath): Promise<{ verdict: Verdict; troubles: string[] }> {
  await scene.caughtUp();
  const unread = await readUnread(scene.people);
  const clients = await Promise.all(kept.map((client) => client.beside()));
  const troubles = scene.people.flatMap((p) => p.watcher.troubles);
  await Promise.all([scene.close(), ...kept.map((client) => client.close())]);
  for (const server of servers) {
    const code = await server.stop();
    if (code !== 0) troubles.push(`A server did not end by itself when asked to: exit code ${code}.`);
  }
  return { verdict: check(recorder.history(await dumpDatabase(ground.databaseUrl), { unread, clients })), troubles };
}
