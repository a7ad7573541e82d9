import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limits } from '@koreromai/contract';
import { eachDatabase, eventually, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { rawConnection } from '../test/raw.ts';
import { type Out, type Person, startServer, type TestServer } from '../test/server.ts';
import { openStream } from '../test/stream.ts';

/** The server's own side of what it answers. */
function answersGiven() {
  const given: { request: IncomingMessage; response: ServerResponse }[] = [];
  const note = (message: unknown) => void given.push(message as (typeof given)[number]);
  diagnostics.subscribe('http.server.request.start', note);
  return {
    find: (path: string) => given.find(({ request }) => request.url === path)?.response,
    [Symbol.dispose]: () => void diagnostics.unsubscribe('http.server.request.start', note),
  };
}

const bearer = (who: Person) => ({ authorization: `Bearer ${who.token}` });
const post = (server: TestServer, who: Person, conversationId: string, text: string) =>
  server.ok<Out['messages']['post']>('messages.post', { conversationId, text }, who);

eachDatabase('events over HTTP', (dialect) => {
  test('without a cursor the stream starts now; each frame has an id, and the last one resumes where it ended', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
    await post(server, anahera, id, 'before');
    let last = '';
    {
      await using stream = await openStream(server, bearer(bea));
      expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
      expect(stream.response.headers.get('cache-control')).toBe('no-store, no-transform');
      await stream.event('checkpoint');
      await post(server, anahera, id, 'one');
      const { data } = await stream.event('message.created');
      expect(data).toMatchObject({ message: { text: 'one', conversationId: id } });
      expect(stream.frames.filter((f) => !f.id)).toEqual([]);
      expect(stream.frames.map((f) => f.data.type)).toEqual(['checkpoint', 'message.created']);
      last = stream.frames.at(-1)?.id ?? '';
    }
    await eventually('the stream to be let go', () => server.streams() === 0);
    await post(server, anahera, id, 'two');
    for (const [headers, query] of [
      [{ 'last-event-id': last }, ''],
      [{}, `?cursor=${last}`],
    ] as const) {
      await using stream = await openStream(server, { ...bearer(bea), ...headers }, query);
      await stream.event('checkpoint');
      expect(stream.frames.map((f) => (f.data.message as { text?: string } | undefined)?.text ?? f.data.type)).toEqual([
        'two',
        'checkpoint',
      ]);
    }
  });

  test('signing out ends the stream within a second, and nothing comes after', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
    await using stream = await openStream(server, bearer(bea));
    await using others = await openStream(server, bearer(anahera));
    await Promise.all([stream.event('checkpoint'), others.event('checkpoint')]);
    const started = performance.now();
    await server.ok('auth.signOut', undefined, bea);
    await stream.ended;
    expect(performance.now() - started).toBeLessThan(1_000 * patience);
    await post(server, anahera, id, 'canary');
    await others.event('message.created');
    expect(stream.blocks.join('\n')).not.toContain('canary');
    expect(server.streams()).toBe(1);
    const again = await fetch(`${server.url}/api/v1/events`, { headers: bearer(bea) });
    expect(again.status).toBe(401);
  });
});

test('who is not signed in, comes from another site, or asks for what is not there gets no stream', async () => {
  await using server = await startServer();
  const [anahera] = await server.people('anahera');
  const ask = async (headers: Record<string, string>, query = '') => {
    const response = await fetch(`${server.url}/api/v1/events${query}`, { headers });
    return [response.status, ((await response.json()) as { code: string }).code];
  };
  expect(await ask({})).toEqual([401, 'UNAUTHENTICATED']);
  expect(await ask({ cookie: `koreromai=${anahera.token}`, origin: 'https://evil.example' })).toEqual([403, 'BAD_ORIGIN']);
  expect(await ask({ cookie: `koreromai=${anahera.token}`, origin: 'null' })).toEqual([403, 'BAD_ORIGIN']);
  for (const query of ['?cursor=nonsense', '?cursor=AAAAAAAAAAAAAAAAAAAAAA'])
    expect(await ask(bearer(anahera), query), query).toEqual([400, 'CURSOR_INVALID']);
  for (const query of ['?cursor=', '?cursor=a&cursor=b', '?x=1', '?lastEventId=x'])
    expect(await ask(bearer(anahera), query), query).toEqual([400, 'BAD_INPUT']);
  const head = await fetch(`${server.url}/api/v1/events`, { method: 'HEAD', headers: bearer(anahera) });
  expect(head.status).toBe(200);
  expect(server.streams()).toBe(0);
});

test(`one person holds at most ${limits.socket.maxSubscriptions} streams; one that is let go frees its place`, async () => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const held = await Promise.all(Array.from({ length: limits.socket.maxSubscriptions }, () => openStream(server, bearer(anahera))));
  expect(held.map((s) => s.response.status)).toEqual(held.map(() => 200));
  const over = await fetch(`${server.url}/api/v1/events`, { headers: bearer(anahera) });
  expect([over.status, ((await over.json()) as { code: string }).code]).toEqual([429, 'TOO_MANY_SUBSCRIPTIONS']);
  {
    await using others = await openStream(server, bearer(bea));
    expect(others.response.status).toBe(200);
  }
  await held.pop()?.[Symbol.asyncDispose]();
  await eventually('its place to be free', () => server.streams() === limits.socket.maxSubscriptions - 1);
  held.push(await openStream(server, bearer(anahera)));
  expect(held.at(-1)?.response.status).toBe(200);
  await Promise.all(held.map((s) => s[Symbol.asyncDispose]()));
});

test('a stream where nothing happens shows that it lives, and ends at once when the server stops', async () => {
  const server = await startServer({ serve: { beatEvery: 20 } });
  const [anahera] = await server.people('anahera');
  const stream = await openStream(server, bearer(anahera));
  await eventually('three beats', () => stream.blocks.filter((block) => block === ':').length >= 3);
  const started = performance.now();
  await server[Symbol.asyncDispose]();
  await stream.ended;
  expect(performance.now() - started).toBeLessThan(1_900); // it would be cut off after two seconds
  expect(server.faults).toEqual([]);
});

test('a reader who does not read is held in bounds and gets everything, once, when they read again', async () => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
  using answers = answersGiven();
  using slow = await rawConnection(server.port);
  slow.net.write(`GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${bea.token}\r\n\r\n`);
  await eventually('the checkpoint', () => slow.text().includes('"checkpoint"'));
  slow.net.pause();
  const text = 'x'.repeat(3_900);
  const count = 1_500; // 6 MB: more than the connection's buffers take
  for (let i = 0; i < count; i += 50)
    await Promise.all(Array.from({ length: 50 }, (_, j) => post(server, anahera, id, `${i + j} ${text}`)));
  const held = answers.find('/api/v1/events')?.writableLength ?? Number.NaN;
  expect(held).toBeLessThan(262_144);
  slow.net.resume();
  await eventually('the last message', () => slow.text().includes(`"text":"${count - 1} x`));
  const seen = [...slow.text().matchAll(/"text":"(\d+) x/g)].map((m) => Number(m[1]));
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
});
