import { readFileSync } from 'node:fs';
import { newId } from '@koreromai/db';
import { answering } from '../answering.ts';
import type { Ask, Run } from '../worker.ts';
import type { Poster } from './fixture.ts';
import { type Line, openLine } from './line.ts';
import { closedLoop, text } from './loop.ts';

// The load of the end-to-end scenario, in a process of its own: `load.ts <socket's URL> <posters' file>`.
const [url = '', file = ''] = process.argv.slice(2);
const posters: Poster[] = JSON.parse(readFileSync(file, 'utf8'));
const lines = await Promise.all(posters.map((poster) => openLine(url, poster.token)));
const turns = posters.map(() => 0);

async function post(i: number): Promise<void> {
  const turn = (turns[i] = (turns[i] ?? 0) + 1);
  const conversationId = posters[i]?.turns[turn % posters[i].turns.length];
  await lines[i]?.mutate('messages.post', { conversationId, id: newId(), text });
}

async function run({ ms, subscribed }: Ask): Promise<Run> {
  if (subscribed) await Promise.all(lines.map((line) => line.subscribe('events.subscribe', {})));
  const before = delivered(lines);
  const done = await closedLoop(posters.length, ms, post);
  if (subscribed) await Promise.all(lines.map((line) => line.unsubscribe()));
  return { ...done, delivered: delivered(lines) - before };
}

const delivered = (all: readonly Line[]) => all.reduce((sum, line) => sum + line.delivered, 0);

answering(run);
