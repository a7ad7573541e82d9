import { limits } from '@koreromai/contract';
import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createHeard, openChats, plainClient } from '../test/plain.ts';
import { frameOf, type RawConnection, rawSocket } from '../test/raw.ts';
import { type Out, startServer } from '../test/server.ts';

const megabyte = 1_048_576;
const allowed = limits.feed.backlogBytes;
/** The largest message there is, about 16 kB on the wire. */
const large = '🌿'.repeat(limits.text.maxCodePoints - 10);

const subscribe = (connection: RawConnection, id = 1) =>
  connection.net.write(frameOf(JSON.stringify({ id, method: 'subscription', params: { path: 'events.subscribe', input: {} } })));

/** The text frames in what a server sent after the upgrade. */
function textsIn(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = bytes.indexOf('\r\n\r\n') + 4; at + 2 <= bytes.length; ) {
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (at + head > bytes.length) break;
    const size = head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    if (at + head + size > bytes.length) break;
    if (bytes[at] === 0x81) texts.push(bytes.toString('utf8', at + head, at + head + size));
    at += head + size;
  }
  return texts;
}

test.each([
  [1_500, 'is told everything, in order'],
  [2_600, 'is told to start afresh, and goes on from there'],
])('G13: who stops reading while %i large messages are said %s, and never holds more than half a megabyte here', async (count, _what) => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const chats = await openChats(server, anahera, bea, 1);
  const [id = ''] = chats.ids;
  const first = (chats.heads.get(id) ?? 0) + 1;
  using paused = await rawSocket(server.port, bea.token);
  subscribe(paused);
  await eventually('the checkpoint', () => paused.text().includes('"checkpoint"'));
  paused.net.pause();
  let most = 0;
  for (let i = 0; i < count; i += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, j) => chats.say(id, `${i + j} ${large}`)));
    most = Math.max(most, server.queuedBytes());
  }
  expect(most).toBeGreaterThan(allowed / 2); // it did stop
  expect(most).toBeLessThan(allowed + 40_000);
  paused.net.resume();
  const last = 'the last word';
  const behind = count > limits.feed.replayRows;
  if (behind) await eventually('the reset', () => paused.bytes().includes('"type":"reset"'));
  await chats.say(id, last);
  await eventually('the last word', () => paused.bytes().includes(last), { within: 60_000, every: 100 });
  const heard = createHeard((place) => server.services.seal.openPos(place) ?? Number.NaN);
  for (const text of textsIn(paused.bytes())) {
    const { data } = (JSON.parse(text) as { result: { data?: { id: string; data: never } } }).result;
    if (data) heard.take(data.id, data.data);
  }
  const sent = Math.round((count * large.length * 2) / 1e6);
  process.stdout.write(
    `G13: ${sent} MB said to a reader who read nothing: ${(most / megabyte).toFixed(2)} MB held at most, ${heard.total.events} events, ${heard.total.resets} resets\n`,
  );
  expect(heard.total).toMatchObject({ doubled: 0, disordered: 0, resets: behind ? 1 : 0 });
  const seqs = heard.seqs(id);
  const upTo = behind ? seqs.findIndex((seq, i) => i > 0 && seq !== (seqs[i - 1] ?? 0) + 1) : seqs.length;
  expect(seqs.slice(0, upTo)).toEqual(Array.from({ length: upTo }, (_, i) => first + i)); // no hole but the one that was told
  expect(seqs.at(-1)).toBe(chats.heads.get(id));
});

test('G13: fifty readers who never read hold half a megabyte each, and who reads beside them misses nothing', async () => {
  await using server = await startServer({ serve: { perPerson: 60 } });
  const [anahera, bea] = await server.people('anahera', 'bea');
  const chats = await openChats(server, anahera, bea, 1);
  const [id = ''] = chats.ids;
  const first = (chats.heads.get(id) ?? 0) + 1;
  const { pos } = await server.ok<Out['session']['snapshot']>('session.snapshot', undefined, bea);
  await using plain = plainClient(server, bea);
  const ear = plain.listen(pos);
  const idle = await Promise.all(Array.from({ length: 50 }, () => rawSocket(server.port, bea.token)));
  for (const connection of idle) subscribe(connection);
  for (const connection of idle) {
    await eventually('the checkpoint', () => connection.text().includes('"checkpoint"'));
    connection.net.pause();
  }
  const before = process.memoryUsage().rss;
  let most = 0;
  const count = 760; // 12 MB for each
  for (let i = 0; i < count; i += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, j) => chats.say(id, `${i + j} ${large}`)));
    most = Math.max(most, server.queuedBytes());
  }
  await eventually('everything', () => ear.headOf(id) === chats.heads.get(id));
  const grown = process.memoryUsage().rss - before;
  process.stdout.write(
    `G13: 50 readers who never read, 12 MB each: ${(most / megabyte).toFixed(1)} MB held at most, the process grew by ${(grown / megabyte).toFixed(0)} MB\n`,
  );
  expect(most).toBeLessThan(50 * (allowed + 40_000));
  expect(ear.missing(id, first, chats.heads.get(id) ?? 0)).toEqual([]);
  expect(ear.total).toMatchObject({ doubled: 0, disordered: 0, resets: 0 });
  for (const connection of idle) connection[Symbol.dispose]();
});
