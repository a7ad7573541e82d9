import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '@koreromai/contract';
import { type Dialect, eventually } from '@koreromai/testing';
import { sentAt } from '../crowd/wire.ts';
import { percentile } from '../stats.ts';
import { figureOf, residentMegabytes } from './figures.ts';
import { prepareGround } from './ground.ts';
import { openLine, openStranger } from './line.ts';
import { createReader } from './reader.ts';
import { type Report, verdictOf } from './report.ts';

interface SlowOptions {
  readonly dialect: Dialect;
  /** Devices that stop reading. */
  readonly paused: number;
  /** Milliseconds that they read nothing. */
  readonly lasting: number;
}

const rate = 50;
const healthy = 5;
const people = 13; // each with fewer devices than one may have

/** F17: many devices stop reading while large messages are said. The server holds little for them, others notice nothing, and each ends with everything. */
export async function stopReading({ dialect, paused, lasting }: SlowOptions): Promise<Report> {
  await using ground = await prepareGround(dialect);
  const server = await ground.start();
  const members: { token: string; email: string }[] = [];
  for (let n = 0; n < people; n++) {
    const email = `person${n}@example.org`;
    const { token } = await openStranger(ground.url).auth.signUp.mutate({ email, password: `password of ${n}`, name: `Person ${n}` });
    members.push({ token, email });
  }
  const [owner, ...others] = members;
  const lineOf = (token = '') => openLine({ url: ground.url, token, calls: 'http', onOpen: () => {}, onBytes: () => {} });
  const line = lineOf(owner?.token);
  const { id: conversationId } = await line.api.rooms.create.mutate({ name: 'Loud' });
  for (const { token } of others) {
    const follower = lineOf(token);
    await follower.api.rooms.follow.mutate({ roomId: conversationId });
    await follower.close();
  }

  let delays: number[] = [];
  const onMessage = (frame: string) => {
    const sent = sentAt(frame);
    if (sent) delays.push(performance.timeOrigin + performance.now() - sent.at);
  };
  const device = (n: number) => ({ origin: ground.url, token: others[n % others.length]?.token ?? '', conversationId });
  const quick = Array.from({ length: healthy }, (_, n) => createReader({ ...device(n), onMessage }));
  for (const reader of quick) await reader.connect();

  let acked = 0;
  let head = 0;
  const filler = '語'.repeat(3_300); // 10 kB
  async function say(ms: number): Promise<{ p99: number; memory: number; queued: number }> {
    delays = [];
    let [memory, queued] = [0, 0];
    const from = performance.now();
    const sent: Promise<void>[] = [];
    for (let n = 0; performance.now() - from < ms; n++) {
      const at = performance.timeOrigin + performance.now();
      const said = line.api.messages.post.mutate({ conversationId, text: `t=${at.toFixed(2)} n=${n} ${filler}` });
      sent.push(
        said.then(({ message }) => {
          acked++;
          head = Math.max(head, message.seq);
        }),
      );
      if (n % rate === 0) {
        memory = Math.max(memory, residentMegabytes(server.pid));
        queued = Math.max(queued, await figureOf(ground.url, 'koreromai_queued_bytes'));
      }
      await pause(Math.max(0, from + ((n + 1) * 1_000) / rate - performance.now()));
    }
    await Promise.all(sent);
    await eventually('the quick ones to have it all', () => quick.every((r) => r.head === head), { within: 30_000 }).catch(() => {});
    return { p99: percentile(delays, 0.99), memory, queued };
  }

  const troubles: string[] = [];
  const before = await say(Math.min(lasting, 10_000));
  const slow = Array.from({ length: paused }, (_, n) => createReader(device(n)));
  for (const reader of slow) await reader.connect();
  const base = residentMegabytes(server.pid);
  for (const reader of slow) reader.pause();
  // What the system takes for those who do not read is not the server's: wait until it takes no more.
  const full = paused * limits.feed.backlogBytes * 0.95;
  let meanwhile = await say(1_000);
  for (let n = 0; n < 60 && meanwhile.queued < full; n++) meanwhile = await say(1_000);
  if (meanwhile.queued < full) troubles.push('Those who stopped reading never held the server up: nothing was proved.');
  meanwhile = await say(lasting);
  const behind = slow.filter((r) => r.head < head).length;
  const resumed = performance.now();
  for (const reader of slow) reader.resume();
  const { message } = await line.api.messages.post.mutate({ conversationId, text: 'the last word' });
  acked++;
  head = message.seq;
  const all = [...quick, ...slow];
  await eventually('all to have the last word', () => all.every((r) => r.head === head), { within: 240_000, every: 100 }).catch(() => {});
  const caughtUp = performance.now() - resumed;

  const sum = (of: (reader: (typeof all)[number]) => number) => all.reduce((n, r) => n + of(r), 0);
  const grown = meanwhile.memory - base;
  const unfinished = all.filter((r) => r.head !== head).length;
  if (behind === 0) troubles.push('Nobody fell behind: nothing was proved.');
  if (unfinished > 0) troubles.push(`${unfinished} devices never came to the last word.`);
  if (grown > 200) troubles.push(`The server grew by ${grown.toFixed(0)} MB: 200 are promised.`);
  // Below a few milliseconds a ratio is noise.
  if (meanwhile.p99 > Math.max(1.2 * before.p99, before.p99 + 20))
    troubles.push(`Those who read waited ${meanwhile.p99.toFixed(0)} ms (p99), and ${before.p99.toFixed(0)} ms before.`);
  const verdict = verdictOf({
    acked,
    deliveries: sum((r) => r.shown),
    lost: sum((r) => r.holes) + unfinished,
    doubled: sum((r) => r.doubled),
  });
  for (const reader of all) reader.close();
  await line.close();
  if ((await server.stop()) !== 0) troubles.push('The server did not end by itself when asked to.');
  const did = { 'fell behind': behind, 'came back': all.length - unfinished };
  const resets = sum((r) => r.resets);
  const notes = `${(lasting / 1_000).toFixed(0)} s, grew by ${grown.toFixed(0)} MB, ${(meanwhile.queued / 1e6).toFixed(0)} MB queued, p99 of the others ${before.p99.toFixed(0)} then ${meanwhile.p99.toFixed(0)} ms, ${resets} started afresh, all back after ${(caughtUp / 1_000).toFixed(1)} s`;
  return { name: `F17 ${dialect}`, did, verdict, troubles, notes };
}
