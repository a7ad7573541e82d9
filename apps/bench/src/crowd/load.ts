import { readFileSync } from 'node:fs';
import { answering } from '../answering.ts';
import type { Known } from '../peers/fixture.ts';
import { createRandom, percentile } from '../stats.ts';
import { type Connection, createConnection } from './connection.ts';
import { type Kind, sentAt, timed, wires } from './wire.ts';

// The load of the crowd, in a process of its own: `load.ts <kind> <known file> <origin>`.
export type Asked =
  | { readonly do: 'connect'; readonly atOnce: number }
  /** Open loop: posts leave when they are due, whatever came back. */
  | { readonly do: 'talk'; readonly rate: number; readonly ms: number }
  /** From now on a connection that ends is made again after a while. */
  | { readonly do: 'brace'; readonly origin: string }
  /** Waits until everybody is back and has heard all that was acknowledged since the bracing. */
  | { readonly do: 'recover'; readonly within: number };

export interface Answered {
  readonly seconds: number;
  readonly posted: number;
  readonly acked: number;
  /** Deliveries of acknowledged posts that did not come. */
  readonly missing: number;
  readonly doubled: number;
  /** Connections that are not there. */
  readonly away: number;
  readonly delivered: number;
  readonly p50: number;
  readonly p99: number;
}

const [kind = 'koreromai', file = '', origin = ''] = process.argv.slice(2);
const wire = wires[kind as Kind];
const known: Known = JSON.parse(readFileSync(file, 'utf8'));
const random = createRandom(7);
const posts: { chat: Known['chats'][number]; acked: boolean; heard: Set<string> }[] = [];
let latencies: number[] = [];
let doubled = 0;
let braced: { origin: string; fallen: Set<string>; first: number } | null = null;

const connections = new Map(known.people.map((person) => [person.id, createConnection(origin, wire, person, { frame, closed })]));

function frame(connection: Connection, text: string): void {
  const n = wire.done(text);
  if (n !== null) {
    const post = posts[n];
    if (post) post.acked = true;
    return;
  }
  const sent = sentAt(text);
  const post = sent === null ? undefined : posts[sent.n];
  if (sent === null || post === undefined) return;
  if (post.heard.has(connection.person)) doubled++;
  post.heard.add(connection.person);
  latencies.push(performance.timeOrigin + performance.now() - sent.at);
}

function closed(connection: Connection): void {
  if (braced === null) return;
  braced.fallen.add(connection.person);
  braced.first ||= performance.now();
  const again = (wait: number): void => {
    setTimeout(() => connection.connect().catch(() => again(500 + random() * 1_000)), wait);
  };
  again(random() * 3_000); // as clients do: not all at once
}

function post(at: number): void {
  const chat = known.chats[Math.floor(random() * known.chats.length)];
  const connection = chat && connections.get(chat.members[Math.floor(random() * chat.members.length)] ?? '');
  if (!chat || !connection?.open) return;
  const n = posts.push({ chat, acked: false, heard: new Set() }) - 1;
  connection.send(wire.post(n, chat.id, timed(at, n)));
}

async function connect(atOnce: number): Promise<void> {
  const waiting = [...connections.values()];
  const one = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await next.connect();
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

async function talk(rate: number, ms: number): Promise<void> {
  const begun = performance.now();
  const zero = performance.timeOrigin + begun;
  let sent = 0;
  while (performance.now() - begun < ms) {
    const due = Math.floor(((performance.now() - begun) * rate) / 1_000);
    for (; sent < due; sent++) post(zero + (sent * 1_000) / rate);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const missing = () => posts.reduce((sum, p) => sum + (p.acked ? p.chat.members.length - p.heard.size : 0), 0);
const unanswered = () => posts.reduce((sum, p) => sum + (p.acked ? 0 : 1), 0);

async function settle(done: () => boolean, within: number): Promise<void> {
  const end = performance.now() + within;
  while (!done() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function answer(asked: Asked): Promise<Answered> {
  let started = performance.now();
  let end = Number.NaN;
  const everyone = [...connections.values()];
  if (asked.do === 'connect') await connect(asked.atOnce);
  if (asked.do === 'talk') {
    posts.length = 0;
    latencies = [];
    doubled = 0;
    await talk(asked.rate, asked.ms);
    end = performance.now();
    await settle(() => missing() === 0 && unanswered() === 0, 5_000);
  }
  if (asked.do === 'brace') braced = { origin: asked.origin, fallen: new Set(), first: 0 };
  if (asked.do === 'recover') {
    const mine = braced ?? { fallen: new Set(), first: started };
    const talking = setInterval(() => post(performance.timeOrigin + performance.now()), 5);
    // Some fall twice while all come back at once, so who is there is counted, and not how often.
    await settle(() => mine.fallen.size === connections.size && everyone.every((c) => c.open), asked.within);
    clearInterval(talking);
    await settle(() => missing() === 0, asked.within);
    started = mine.first;
  }
  const seconds = ((Number.isNaN(end) ? performance.now() : end) - started) / 1_000;
  const acked = posts.length - unanswered();
  const away = everyone.filter((c) => !c.open).length;
  const few = { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  return { seconds, posted: posts.length, acked, missing: missing(), doubled, away, delivered: latencies.length, ...few };
}

answering(answer);
