import { readFileSync } from 'node:fs';
import { answering } from '../../answering.ts';
import type { Poster } from '../../posts/fixture.ts';
import { closedLoop, text } from '../../posts/loop.ts';
import type { Ask, Run } from '../../worker.ts';
import { openTalker } from './talker.ts';

// The load of posts on ejabberd, in a process of its own: `load.ts <port> <posters' file>`. The same people in the same chats, which are rooms there.
const [port = '', file = ''] = process.argv.slice(2);
const posters: Poster[] = JSON.parse(readFileSync(file, 'utf8'));
const talkers = await Promise.all(posters.map((_, i) => openTalker(Number(port), `p${i}`)));
const turns = posters.map(() => 0);
await Promise.all(
  talkers.map(async (talker, i) => {
    for (const room of new Set(posters[i]?.turns)) await talker.join(room);
  }),
);

async function post(i: number): Promise<void> {
  const turn = (turns[i] = (turns[i] ?? 0) + 1);
  await talkers[i]?.say(posters[i]?.turns[turn % posters[i].turns.length] ?? '', text);
}

async function run({ ms }: Ask): Promise<Run> {
  const delivered = () => talkers.reduce((sum, talker) => sum + talker.delivered, 0);
  const before = delivered();
  const done = await closedLoop(talkers.length, ms, post);
  return { ...done, delivered: delivered() - before };
}

answering(run);
