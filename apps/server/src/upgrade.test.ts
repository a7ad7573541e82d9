import { eachDatabase, eventually, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { call } from './test/http.ts';
import { frameOf, rawConnection, rawRequest, rawSocket, upgradeHead } from './test/raw.ts';
import { startServer } from './test/server.ts';
import { openSocket } from './test/socket.ts';

test('D1: a page of another origin opens no socket, whatever it calls itself', async () => {
  await using server = await startServer();
  const { token } = await server.signUp('anahera');
  const cookie = ['Cookie', `koreromai=${token}`] as const;
  const status = async (headers: readonly (readonly [string, string])[], path = '/trpc') =>
    (await rawRequest(server.port, upgradeHead(path, headers))).status;
  const { origin, port } = server;
  const foreign = {
    null: 'null',
    evil: 'https://evil.example',
    suffix: `http://localhost:${port}.evil.example`,
    'host as suffix': `http://evil-localhost:${port}`,
    prefix: `http://localhost:${port}0`,
    'other port': `http://localhost:${port + 1}`,
    'no port': 'http://localhost',
    'other scheme': `https://localhost:${port}`,
    'upper-case scheme': `HTTP://localhost:${port}`,
    'upper-case host': `http://LOCALHOST:${port}`,
    userinfo: `http://localhost:${port}@evil.example`,
    'userinfo of ours': `http://evil.example@localhost:${port}`,
    'slash at the end': `${origin}/`,
    path: `${origin}/trpc`,
    list: `${origin}, https://evil.example`,
    spaced: `https://evil.example ${origin}`,
    empty: '',
  };
  const got = await Promise.all(Object.entries(foreign).map(async ([name, value]) => [name, await status([cookie, ['Origin', value]])]));
  expect(Object.fromEntries(got)).toEqual(Object.fromEntries(Object.keys(foreign).map((name) => [name, 403])));
  expect(await status([cookie]), 'no Origin, but a cookie').toBe(403);
  expect(
    await status([
      ['Authorization', `Bearer ${token}`],
      ['Origin', 'https://evil.example'],
    ]),
    'a token, but a foreign Origin',
  ).toBe(403);
  expect(await status([cookie, ['Origin', origin], ['Origin', 'https://evil.example']]), 'two Origins').toSatisfy((s) => s !== 200);
  expect(server.sockets()).toBe(0);
  for (const own of [origin, `http://127.0.0.1:${port}`, `http://[::1]:${port}`])
    expect(await status([cookie, ['Origin', own]]), own).toBe(101);
  expect(await status([['Authorization', `Bearer ${token}`]]), 'a token without Origin').toBe(101);
  for (const path of ['/', '/trpc/', '/trpc/events.subscribe', '//trpc', '/TRPC', '/trpc%2f', '/api', '/socket', '/trpc;x', '/%74rpc']) {
    expect(await status([cookie, ['Origin', origin]], path), path).toBe(404);
  }
  process.stdout.write(`D1: ${got.length + 3} foreign upgrades refused, 4 own ones open\n`);
});

test('D1: an upgrade whose peer resets the connection, refused or not, does not take the server down and leaves nothing open', async () => {
  await using server = await startServer();
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  process.on('uncaughtException', note);
  try {
    for (let i = 0; i < 50; i++) {
      const { net } = await rawConnection(server.port);
      net.write(upgradeHead(i % 2 === 0 ? '/nowhere' : '/trpc'));
      net.resetAndDestroy();
    }
    const slow = await rawConnection(server.port);
    slow.net.write(upgradeHead('/nowhere'));
    await eventually('the refusal', () => slow.text().includes('404'));
    slow.net.resetAndDestroy();
    expect((await server.call('users.me')).status).toBe(401);
    await eventually('nobody is left', () => server.sockets() === 0);
  } finally {
    process.off('uncaughtException', note);
  }
  expect(uncaught).toEqual([]);
});

test('D1: a refused peer who never hangs up does not keep the server from stopping', async () => {
  const server = await startServer();
  using connection = await rawConnection(server.port);
  connection.net.write(upgradeHead('/nowhere'));
  await eventually('the refusal', () => connection.text().includes('404'));
  const started = performance.now();
  await server[Symbol.asyncDispose]();
  expect(performance.now() - started).toBeLessThan(3_000 * patience);
});

test('E4: a refused upgrade carries the headers of every other response', async () => {
  await using server = await startServer();
  const { head } = await rawRequest(server.port, upgradeHead('/nowhere'));
  expect(head).toMatch(/content-security-policy: /i);
  expect(head).toMatch(/x-content-type-options: nosniff/i);
  expect(head).toMatch(/referrer-policy: no-referrer/i);
});

test('B5: a peer that answers no close frame is cut off soon after its session ended', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  using connection = await rawSocket(server.port, anahera.token);
  connection.net.write(frameOf(JSON.stringify({ id: 1, method: 'query', params: { path: 'users.me' } })));
  await eventually('an answer', () => connection.text().includes('anahera'));
  await server.ok('auth.signOut', undefined, anahera);
  await eventually('the end of the connection', () => connection.ended(), { within: 2_500 * patience });
});

eachDatabase('a stranger’s socket', (dialect) => {
  test('C1: what a stranger sends on a socket is not carried out, not even what HTTP lets anybody do', async () => {
    await using server = await startServer({ dialect });
    const headers = { authorization: `Bearer ${'A'.repeat(43)}` }; // looked for in the database, while the call waits
    const people = async () => (await server.services.read.selectFrom('user').select('id').execute()).length;
    for (let i = 0; i < 20; i++) {
      using connection = await openSocket(new WebSocket(`ws://127.0.0.1:${server.port}/trpc`, { headers }));
      const input = { email: `stranger${i}@example.nz`, password: 'correct horse stranger', name: 'Stranger' };
      connection.send({ id: 1, method: 'mutation', params: { path: 'auth.signUp', input } });
      expect(await connection.closed).toBe(4401);
      expect(connection.texts.join()).not.toContain('"result"');
    }
    await server.signUp('anahera'); // whatever was begun would be there by now
    expect(await people()).toBe(1);
  });
});

test('D1, D11: a site that the operator lists comes in with a bearer token, and with our cookie by no door', async () => {
  const listed = 'https://app.example.org';
  await using server = await startServer({ corsOrigins: [listed] });
  const { token, email, password } = await server.signUp('anahera');
  const upgrade = async (headers: readonly (readonly [string, string])[]) =>
    (await rawRequest(server.port, upgradeHead('/trpc', [['Origin', listed], ...headers]))).status;
  expect(await upgrade([['Authorization', `Bearer ${token}`]])).toBe(101);
  expect(await upgrade([['Cookie', `koreromai=${token}`]])).toBe(403);
  const change = async (headers: Record<string, string>) =>
    (await call(server.url, 'auth.signOut', undefined, { headers: { origin: listed, ...headers } })).status;
  expect(await change({ cookie: `koreromai=${token}` })).toBe(403);
  expect((await call(server.url, 'users.me', undefined, { token })).status, 'it still holds').toBe(200);
  const stream = await fetch(`${server.url}/api/v1/events`, { headers: { origin: listed, cookie: `koreromai=${token}` } });
  expect(stream.status).toBe(403);
  const signedIn = await call(server.url, 'auth.signIn', { email, password }, { headers: { origin: listed } });
  expect([signedIn.status, signedIn.headers.get('access-control-allow-origin')]).toEqual([200, listed]);
  expect(signedIn.headers.get('access-control-allow-credentials')).toBeNull();
  expect(await change({ authorization: `Bearer ${token}` })).toBe(200);
});
