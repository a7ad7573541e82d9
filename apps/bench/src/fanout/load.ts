import { readFileSync } from 'node:fs';
import { answering } from '../answering.ts';
import { clientFrame } from '../socket/frames.ts';
import { percentile } from '../stats.ts';
import type { Ask, Run } from '../worker.ts';
import { joinCrowd, openSocket } from './crowd.ts';
import { type PeerName, peers } from './peers.ts';

// One room's crowd and who speaks to it, in a process of its own: `load.ts <peer> <port> <file of tokens> <room>`.
const [name = '', port = '', file = '', room = ''] = process.argv.slice(2);
const peer = peers[name as PeerName];
const [speaker = '', ...tokens]: string[] = JSON.parse(readFileSync(file, 'utf8'));
/** Messages that are on their way at a time. */
const outstanding = 8;
const text = 'x'.repeat(120);

let delivered = 0;
let said = 0;
const saidAt: number[] = [];
const took: number[] = [];

const entry = { port: Number(port), path: peer.path };
for (let i = 0; i < tokens.length; i += 50)
  await Promise.all(tokens.slice(i, i + 50).map((token) => joinCrowd({ ...entry, token, hello: peer.subscribe(room) }, count)));
const { socket: mouth } = await openSocket({ ...entry, token: speaker, hello: peer.enter });
mouth.resume();

function count(): void {
  delivered++;
  if (delivered % tokens.length !== 0) return;
  took.push(performance.now() - (saidAt[delivered / tokens.length - 1] ?? 0));
  if (speaking) say();
}
let speaking = false;

function say(): void {
  saidAt[said++] = performance.now();
  mouth.write(clientFrame(peer.post(said, room, text)));
}

async function run({ ms }: Ask): Promise<Run> {
  const before = delivered;
  took.length = 0;
  speaking = true;
  const started = performance.now();
  for (let i = 0; i < outstanding; i++) say();
  await new Promise((over) => setTimeout(over, ms));
  const after = delivered;
  const seconds = (performance.now() - started) / 1_000;
  speaking = false;
  const answer = { posts: took.length, seconds, p50: percentile(took, 0.5), p99: percentile(took, 0.99), delivered: after - before };
  while (delivered < said * tokens.length) await new Promise((turn) => setTimeout(turn, 5)); // the rest belongs to this run
  return answer;
}

answering(run);
