import { readFileSync } from 'node:fs';
import type { User } from '@koreromai/contract';
import { newId, openDatabase } from '@koreromai/db';
import { createLane } from '@koreromai/realtime';
import { nobody } from '../messages/naming.ts';
import { messagePosted } from '../messages/post.ts';

/** A person who posts, as the bench's file tells it. */
interface Poster {
  readonly id: string;
  readonly username: string;
  readonly turns: readonly string[];
}

// The lane alone, for the bench: `lane-bench.ts <database URL> <posters' file>`, told by messages for how long to post.
const [url = '', file = ''] = process.argv.slice(2);
const posters: Poster[] = JSON.parse(readFileSync(file, 'utf8'));
const authors = posters.map(
  ({ id, username }): User => ({ id, username, name: username, bio: '', avatarUrl: null, bot: false, createdAt: new Date().toISOString() }),
);
const text = 'Kia ora! '.repeat(14).slice(0, 120);
const db = await openDatabase(url);
const lane = createLane({ engine: db.engine(), publish: () => {}, now: Date.now, onFault: (error) => process.stderr.write(`${error}\n`) });
const turns = posters.map(() => 0);

/** One closed-loop poster until `end`. Gives the milliseconds each post took. */
async function loop(i: number, end: number): Promise<number[]> {
  const author = authors[i];
  const own = posters[i]?.turns ?? [];
  const took: number[] = [];
  for (let before = performance.now(); author && before < end; ) {
    const turn = (turns[i] = (turns[i] ?? 0) + 1);
    await lane.change(messagePosted, {
      id: newId(),
      conversationId: own[turn % own.length] ?? '',
      room: false,
      direct: null,
      author,
      text,
      named: nobody,
      replyToId: null,
      attachmentIds: [],
    });
    const after = performance.now();
    took.push(after - before);
    before = after;
  }
  return took;
}

async function run(ms: number) {
  const started = performance.now();
  const took = (await Promise.all(posters.map((_, i) => loop(i, started + ms)))).flat().sort((a, b) => a - b);
  const at = (p: number) => took[Math.floor(took.length * p)] ?? Number.NaN;
  return { posts: took.length, seconds: (performance.now() - started) / 1_000, p50: at(0.5), p99: at(0.99), delivered: 0 };
}

process.on('message', ({ ms }: { ms: number }) => {
  run(ms).then(
    (answer) => process.send?.(answer),
    (error) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => void lane.close().then(() => db.close()));
process.send?.('ready');
