import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDice, pngOf, Recorder } from '@koreromai/testing';
import { judge } from './aftermath.ts';
import { prepareGround } from './ground.ts';
import { startLoad } from './load.ts';
import type { Report } from './report.ts';
import { smallDisk } from './small-disk.ts';

/** F12: the disk with the SQLite file and the uploads is full, again and again, while people write. Nothing acknowledged is missing, and all goes on when there is room. */
export async function fillDisk({ rounds, seed }: { rounds: number; seed: number }): Promise<Report> {
  const dice = createDice(seed);
  await using disk = await smallDisk(64);
  const databaseUrl = `sqlite:${join(disk.folder, 'koreromai.db')}`;
  await using ground = await prepareGround('sqlite', { dataDir: disk.folder, databaseUrl });
  const recorder = new Recorder();
  const server = await ground.start();
  const { scene, kept, acks, end } = await startLoad({ urls: [ground.url], recorder, seed });
  const troubles: string[] = [];
  const did = { fillings: 0, refusals: 0, 'uploads refused': 0, 'uploads taken': 0 };
  let slowest = 0;

  const upload = async (bytes: Buffer) => {
    const body = new FormData();
    body.append('file', new Blob([Uint8Array.from(bytes)]), 'picture.png');
    const headers = { authorization: `Bearer ${scene.people[0]?.token}` };
    const response = await fetch(`${ground.url}/api/v1/attachments`, { method: 'POST', headers, body });
    return { status: response.status, code: ((await response.json()) as { code?: string }).code };
  };
  const refused = () => recorder.ops.filter((op) => op.outcome === 'fail').length;

  for (let n = 0; n < rounds; n++) {
    await acks.reach(acks.count + 20 + dice.below(40));
    const before = refused();
    const filled = performance.now();
    while (refused() - before < 10 && performance.now() - filled < 20_000) {
      disk.fill(); // what the log's checkpoints give back is taken too
      await pause(50);
    }
    did.fillings++;
    did.refusals += refused() - before;
    if (refused() === before) troubles.push('The disk was full, and no post was refused for it in 20 s.');
    const answer = await upload(Buffer.alloc(3_000_000, 1));
    if (answer.status === 507 && answer.code === 'STORAGE_FULL') did['uploads refused']++;
    else troubles.push(`An upload to a full disk was answered ${answer.status} ${answer.code}.`);
    const left = readdirSync(join(disk.folder, 'incoming'));
    if (left.length > 0) troubles.push(`An upload that was refused left ${left.length} files behind.`);
    disk.free();
    const freed = performance.now();
    await Promise.race([acks.reach(acks.count + 1), server.gone]);
    slowest = Math.max(slowest, performance.now() - freed);
    const taken = await upload(pngOf(40, 40 + n, 40 + n));
    if (taken.status === 201) did['uploads taken']++;
    else troubles.push(`There was room again, and an upload was answered ${taken.status} ${taken.code}.`);
  }
  if (slowest > 5_000) troubles.push(`There was room again, and the first acknowledgement took ${Math.round(slowest)} ms.`);
  await end();
  const { verdict, troubles: after } = await judge({ ground, scene, servers: [server], recorder, kept });
  const notes = `writing again ${Math.round(slowest)} ms at most after there was room, seed ${seed}`;
  return { name: 'F12 sqlite', did, verdict, troubles: [...troubles, ...after], notes };
}
