import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { call } from './test/http.ts';
import { frameOf, rawConnection, rawSocket, upgradeHead } from './test/raw.ts';
import { type Out, type Person, startServer, type TestServer } from './test/server.ts';
import { openSocket } from './test/socket.ts';

/** The same person on another device. */
async function again(server: TestServer, person: Person): Promise<Person> {
  const { token } = await server.ok<Out['auth']['signIn']>('auth.signIn', { email: person.email, password: person.password }, person);
  return { ...person, token };
}

const alive = async (server: TestServer, who: Person) => (await server.call('users.me', undefined, who)).status === 200;

test('B1: the cookie is HttpOnly and Lax, and with an https address Secure and bound to the host', async () => {
  for (const [publicUrl, name, secure] of [
    ['http://localhost:0', 'koreromai', false],
    ['https://chat.example.org', '__Host-koreromai', true],
  ] as const) {
    await using server = await startServer({ publicUrl });
    const reply = await call(server.url, 'auth.signUp', { email: 'anahera@example.nz', password: 'correct horse', name: 'Anahera' });
    const { token } = reply.data as Out['auth']['signUp'];
    const [cookie = '', ...more] = reply.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie.startsWith(`${name}=${token};`)).toBe(true);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\/(;|$)/);
    expect(cookie).not.toMatch(/Domain/i);
    expect(/; Secure/.test(cookie)).toBe(secure);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect((await call(server.url, 'users.me', undefined, { headers: { cookie: `${name}=${token}` } })).status).toBe(200);
    const bare = await call(server.url, 'users.me', undefined, { headers: { cookie: `koreromai=${token}` } });
    expect(bare.status, 'the cookie of plain http').toBe(secure ? 401 : 200);
    expect((await call(server.url, 'users.me')).headers.has('strict-transport-security')).toBe(secure);
  }
});

test('B1: no byte of the database holds a token or a password', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const bytes = () => {
    const dir = dirname(server.databaseUrl.slice('sqlite:'.length));
    return Buffer.concat(readdirSync(dir).map((file) => readFileSync(join(dir, file))));
  };
  expect(bytes().includes(anahera.email), 'the address is found, so a token would be').toBe(true);
  const secret = [anahera.token, anahera.password, Buffer.from(anahera.token, 'base64url'), Buffer.from(anahera.password).toString('hex')];
  for (const value of secret) expect(bytes().includes(value)).toBe(false);
});

test('B2: each sign-in gives a token of its own and takes none that was brought', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const brought = 'A'.repeat(43);
  const { email, password } = anahera;
  const reply = await call(server.url, 'auth.signIn', { email, password }, { headers: { cookie: `koreromai=${brought}` } });
  const { token } = reply.data as Out['auth']['signIn'];
  expect(new Set([token, anahera.token, brought]).size).toBe(3);
  expect(await alive(server, { ...anahera, token: brought })).toBe(false);
});

eachDatabase('sessions that end', (dialect) => {
  test('B5: signing out kills the token and closes its sockets at once with 4401, and no other', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const phone = await again(server, anahera);
    using own = await server.socket(anahera);
    using second = await server.socket(anahera);
    using other = await server.socket(phone);
    using stranger = await server.socket(bea);
    for (const socket of [own, second, other, stranger]) await socket.subscribe();
    const reply = await server.call('auth.signOut', undefined, anahera);
    expect(reply.headers.getSetCookie()[0]).toMatch(/^koreromai=; .*Max-Age=0/);
    expect(await Promise.all([own.closed, second.closed])).toEqual([4401, 4401]);
    expect(await alive(server, anahera)).toBe(false);
    expect(await alive(server, phone)).toBe(true);
    expect((await other.query('users.me')).result?.type).toBe('data');
    expect((await stranger.query('users.me')).result?.type).toBe('data');
  });

  test('B8: a foreign session does not exist; ending the others closes their sockets, and not one byte comes after', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const phone = await again(server, anahera);
    const group = await server.group(bea, [anahera.email, 'guest@example.org']);
    const { sessionId } = await server.ok<{ sessionId: string }>('session.snapshot', undefined, bea);
    for (const id of [sessionId, randomUUID()])
      expect((await server.call('auth.revokeSession', { sessionId: id }, anahera)).code).toBe('NOT_FOUND');
    expect(await alive(server, bea)).toBe(true);
    using ending = await rawSocket(server.port, phone.token);
    ending.net.write(frameOf(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'events.subscribe', input: {} } })));
    await eventually('the subscription', () => ending.text().includes('started'));
    using kept = await server.socket(anahera);
    await kept.subscribe();
    await server.ok('auth.revokeOtherSessions', undefined, anahera);
    const canary = `canary-${randomUUID()}`;
    await server.ok('messages.post', { conversationId: group.id, text: canary }, bea);
    await kept.event('message.created');
    ending.net.write(
      frameOf(JSON.stringify({ id: 2, method: 'query', params: { path: 'messages.list', input: { conversationId: group.id } } })),
    );
    await ending.end;
    expect(ending.text()).not.toContain(canary);
    expect(ending.text()).toContain('This session has ended.');
    expect(await alive(server, phone)).toBe(false);
  });

  test('D6: whoever is removed while subscribed gets not one byte of what comes after', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea, carl] = await server.people('anahera', 'bea', 'carl');
    const { id: conversationId } = await server.group(anahera, [bea.email, carl.email, 'guest@example.org']);
    using removed = await rawSocket(server.port, bea.token);
    removed.net.write(frameOf(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'events.subscribe', input: {} } })));
    await eventually('the subscription', () => removed.text().includes('started'));
    using stays = await server.socket(carl);
    await stays.subscribe();
    const before = `before-${randomUUID()}`;
    await server.ok('messages.post', { conversationId, text: before }, anahera);
    await eventually('what she may see', () => removed.text().includes(before));
    await server.ok('members.remove', { conversationId, userId: bea.id }, anahera);
    const canaries = Array.from({ length: 30 }, () => `canary-${randomUUID()}`);
    await Promise.all(canaries.map((text) => server.ok('messages.post', { conversationId, text }, anahera)));
    await server.ok('conversations.update', { conversationId, name: canaries[0] }, anahera);
    await eventually('everything at the one who stays', () => canaries.every((c) => stays.texts.some((t) => t.includes(c))));
    const direct = await server.ok<{ conversation: { id: string } }>(
      'conversations.create',
      { kind: 'direct', person: bea.email },
      anahera,
    );
    await server.ok('messages.post', { conversationId: direct.conversation.id, text: 'the last' }, anahera);
    await eventually('what comes later', () => removed.text().includes('the last'));
    expect(canaries.filter((c) => removed.text().includes(c))).toEqual([]);
    expect(removed.text()).toContain('you.removed');
  });
});

test('D7: a socket stays the person it was opened by, whatever it says later', async () => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  using socket = await openSocket(new WebSocket(`ws://127.0.0.1:${server.port}/trpc?connectionParams=1`));
  socket.send({ method: 'connectionParams', data: { token: anahera.token } });
  const me = async () => JSON.stringify((await socket.query('users.me')).result?.data);
  expect(await me()).toContain(anahera.id);
  for (const data of [{ token: bea.token }, null, { token: 'A'.repeat(43) }]) {
    socket.send({ method: 'connectionParams', data });
    expect(await me()).toContain(anahera.id);
  }
  using both = await openSocket(
    new WebSocket(`ws://127.0.0.1:${server.port}/trpc`, { headers: { authorization: `Bearer ${anahera.token}` } }),
  );
  both.send({ method: 'connectionParams', data: { token: bea.token } });
  expect(JSON.stringify((await both.query('users.me')).result?.data)).toContain(anahera.id);
  using byUrl = await openSocket(new WebSocket(`ws://127.0.0.1:${server.port}/trpc?token=${anahera.token}`));
  expect(await byUrl.closed, 'a token in the address is none').toBe(4401);
});

test('D8: whoever does not say who they are is gone within the bound, though they answer every ping', async () => {
  const authenticateWithin = 150;
  await using server = await startServer({ serve: { authenticateWithin } });
  const paths = ['/trpc', '/trpc?connectionParams=1', '/trpc?connectionParams=0', '/trpc?connectionParams=1&connectionParams=0'];
  const lives = await Promise.all(
    paths.map(async (path) => {
      using connection = await rawConnection(server.port);
      connection.net.write(upgradeHead(path));
      const start = performance.now();
      const pongs = setInterval(() => connection.net.write(frameOf('', { opcode: 10 })), 20);
      await connection.end;
      clearInterval(pongs);
      return performance.now() - start;
    }),
  );
  expect(Math.max(...lives)).toBeLessThan(authenticateWithin + 1_000 + 500); // the close frame, then a second to answer it
  await eventually('an empty house', () => server.sockets() === 0);
});
