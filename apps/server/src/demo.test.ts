import type { IncomingMessage } from 'node:http';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { demoUserOf } from './demo.ts';
import { createOriginCheck } from './origins.ts';
import { call } from './test/http.ts';
import { folder, freePort, serving, startChild } from './test/process.ts';
import { rawRequest } from './test/raw.ts';
import { send } from './test/rest.ts';
import { type Out, startServer, type TestServer } from './test/server.ts';
import { openSocket } from './test/socket.ts';
import { openStream } from './test/stream.ts';

const asDemo = (who: string, more: Record<string, string> = {}) => ({ headers: { 'x-demo-user': who, ...more } });

/** What `GET /users/me` answers to a request with exactly these headers. */
async function meFor(server: TestServer, headers: Record<string, string>): Promise<number> {
  const lines = Object.entries({ host: `localhost:${server.port}`, connection: 'close', ...headers });
  const head = `GET /api/v1/users/me HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`;
  return (await rawRequest(server.port, head)).status;
}

eachDatabase('a demo', (dialect: Dialect) => {
  test('K3, R016: an empty instance fills with people, and its visitor acts as any of them over tRPC, REST, events and sockets', async () => {
    await using server = await startServer({ dialect, demo: true });
    const first = server.sown?.first ?? '';
    expect(server.sown?.users).toBeGreaterThanOrEqual(10);
    const me = (await call(server.url, 'users.me', undefined, asDemo(first))).data as Out['users']['me'];
    expect(me).toMatchObject({ username: first, role: 'admin' });
    for (const named of [`@${first}`, first.toUpperCase(), me.id])
      expect((await send(server.url, 'GET', '/users/me', undefined, asDemo(named))).data, named).toMatchObject({ id: me.id });
    const people = (await send(server.url, 'GET', '/users?limit=100', undefined, asDemo(first))).data as Out['users']['list'];
    const peer = people.items.find((p) => p.id !== me.id);
    if (!peer) throw new Error('Somebody else is there.');

    await using stream = await openStream(server, asDemo(peer.username).headers);
    expect(stream.response.status).toBe(200);
    using socket = await openSocket(
      new WebSocket(`ws://127.0.0.1:${server.port}/trpc`, { headers: { 'x-demo-user': peer.id, host: `localhost:${server.port}` } }),
    );
    await socket.subscribe();
    const sent = await send(server.url, 'POST', `/users/${peer.id}/messages`, { text: 'Kia ora' }, asDemo(first));
    expect(sent.status).toBe(201);
    const told = await stream.event('message.created');
    expect(told.data).toMatchObject({ message: { text: 'Kia ora', author: { id: me.id } } });
    await eventually('the socket hears of it too', () => socket.texts.some((text) => text.includes('Kia ora')));
    const both = await send(server.url, 'GET', `/users/${me.id}/messages`, undefined, asDemo(peer.username));
    expect(both.data).toMatchObject({ items: [{ text: 'Kia ora' }] });
    expect(server.faults).toEqual([]);
  });

  test('K3: a visitor’s identity is a session: one each, which ends like others, also its stream; who is suspended is nobody', async () => {
    await using server = await startServer({ dialect, demo: true });
    const first = server.sown?.first ?? '';
    const sessions = async () =>
      ((await send(server.url, 'GET', '/auth/sessions', undefined, asDemo(first))).data as Out['auth']['sessions']).items;
    await Promise.all(Array.from({ length: 5 }, () => sessions()));
    const [own, ...more] = await sessions();
    expect([own?.userAgent, own?.current, more]).toEqual(['X-Demo-User', true, []]);
    await using stream = await openStream(server, asDemo(first).headers);
    expect((await send(server.url, 'POST', '/auth/sign-out', {}, asDemo(first))).status).toBe(204);
    await stream.ended;
    const anew = await sessions();
    expect(anew).toHaveLength(1);
    expect(anew[0]?.id).not.toBe(own?.id);

    const people = (await send(server.url, 'GET', '/users?limit=2', undefined, asDemo(first))).data as Out['users']['list'];
    const peer = people.items.find((p) => p.username !== first);
    const meAs = async () => (await send(server.url, 'GET', '/users/me', undefined, asDemo(peer?.username ?? ''))).status;
    const govern = (suspended: boolean) => send(server.url, 'PATCH', `/admin/users/${peer?.id}`, { suspended }, asDemo(first));
    expect(await meAs()).toBe(200);
    expect((await govern(true)).status).toBe(200);
    expect(await meAs()).toBe(401);
    expect((await govern(false)).status).toBe(200);
    expect(await meAs()).toBe(200);
    expect(server.faults).toEqual([]);
  });

  test('K3: where somebody has an account nothing is sown, and they can be acted as all the same', async () => {
    await using before = await startServer({ dialect });
    const ana = await before.signUp('ana');
    expect(before.sown).toBeNull();
    const { createDemo, createSessions } = await import('@koreromai/api');
    const sessions = createSessions(before.services);
    const demo = createDemo(before.services, sessions);
    expect(await demo.seed()).toBeNull();
    expect((await demo.authenticate(ana.id))?.id).toBe(ana.id);
    expect(await demo.authenticate(ana.email)).toBeNull(); // an address is no name
    expect(await demo.authenticate(crypto.randomUUID())).toBeNull();
    expect(await before.services.read.selectFrom('user').select('id').execute()).toHaveLength(1);
    sessions.close();
  });
});

test('K3: without --demo the header is not looked at, whoever sends it', async () => {
  await using server = await startServer();
  const ana = await server.signUp('ana');
  const { username } = await server.ok<Out['users']['me']>('users.me', undefined, ana);
  for (const who of [username, `@${username}`, ana.id]) {
    expect((await call(server.url, 'users.me', undefined, asDemo(who))).status).toBe(401);
    expect((await send(server.url, 'GET', '/users/me', undefined, asDemo(who))).status).toBe(401);
    expect((await fetch(`${server.url}/api/v1/events`, asDemo(who))).status).toBe(401);
    expect((await fetch(`${server.url}/api/v1/users/me/export`, asDemo(who))).status).toBe(401);
    expect(await meFor(server, { 'x-demo-user': who })).toBe(401);
    using socket = await openSocket(
      new WebSocket(`ws://127.0.0.1:${server.port}/trpc`, { headers: { 'x-demo-user': who, host: `localhost:${server.port}` } }),
    );
    await socket.subscribe().catch(() => {}); // refused, or cut off before the answer
    expect(await socket.closed).toBe(4401);
  }
  const both = await call(server.url, 'users.me', undefined, { token: ana.token, ...asDemo('somebody.else') });
  expect(both.data).toMatchObject({ id: ana.id });
  expect(await server.services.read.selectFrom('session').select('id').execute()).toHaveLength(1);
});

test('K3, D1, D2: in a demo no other site’s page, no foreign host name and nobody behind a proxy is believed; a bearer token counts more', async () => {
  await using server = await startServer({ demo: true, corsOrigins: ['https://other.example.org'] });
  const who = server.sown?.first ?? '';
  const named = { 'x-demo-user': who };
  const { port } = server;
  for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
    expect(await meFor(server, { ...named, host }), host).toBe(200);
  expect(await meFor(server, { ...named, origin: server.origin, 'sec-fetch-site': 'same-origin' })).toBe(200);
  const hosts = ['evil.example', `evil.example:${port}`, 'localhost', `localhost:${port + 1}`, `localhost.evil.example:${port}`];
  for (const host of hosts) expect(await meFor(server, { ...named, host }), host).toBe(401);
  for (const origin of [
    'https://evil.example',
    'null',
    `http://evil.example:${port}`,
    'https://other.example.org',
    `https://localhost:${port}`,
  ])
    expect(await meFor(server, { ...named, origin }), origin).toBe(401);
  for (const site of ['cross-site', 'same-site']) expect(await meFor(server, { ...named, 'sec-fetch-site': site }), site).toBe(401);
  for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto'])
    expect(await meFor(server, { ...named, [name]: '127.0.0.1' }), name).toBe(401);
  for (const nobody of ['nobody.here', '', ' ', `${who}, ${who}`, `${who}@koreromai.example`, crypto.randomUUID(), "' or 1=1 --"])
    expect(await meFor(server, { 'x-demo-user': nobody }), nobody).toBe(401);
  expect(await meFor(server, { ...named, authorization: 'Bearer wrong' })).toBe(401);
  const ana = await server.signUp('ana');
  expect((await call(server.url, 'users.me', undefined, { token: ana.token, ...asDemo(who) })).data).toMatchObject({ id: ana.id });
  const asked = await fetch(`${server.url}/api/v1/users/me`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://other.example.org',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'x-demo-user',
    },
  });
  expect(asked.headers.get('access-control-allow-headers')).not.toMatch(/x-demo-user/i);
  const before = await server.state();
  const forged = await call(server.url, 'users.updateMe', { name: 'Forged' }, asDemo(who, { origin: 'https://evil.example' }));
  expect([forged.status, forged.code]).toEqual([403, 'BAD_ORIGIN']);
  expect(await server.state()).toBe(before);
});

test('K3: a demo believes nobody from another machine', () => {
  const origin = createOriginCheck({ publicUrl: 'http://localhost:1337', corsOrigins: [], host: '127.0.0.1' }, 1337);
  const from = (remoteAddress: string | undefined) =>
    demoUserOf(
      { headers: { host: 'localhost:1337', 'x-demo-user': 'hana' }, socket: { remoteAddress } } as unknown as IncomingMessage,
      origin,
    );
  for (const here of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1']) expect(from(here), here).toBe('hana');
  for (const there of ['192.168.1.2', '::ffff:10.0.0.1', 'fe80::1', '0.0.0.0', '::', '::ffff:0:127.0.0.1', '128.0.0.1', '', undefined])
    expect(from(there), String(there)).toBeNull();
});

test('K3: --demo says loudly at start what it is, its first line to try works, and it starts nowhere else', async () => {
  using data = folder();
  const PORT = String(await freePort());
  await using child = startChild({ PORT, DATA_DIR: data.path }, [], ['--no-web', '--demo']);
  await serving(child);
  await eventually('the notice', () => child.out().includes('!! DEMO'));
  const [, who, url] = /curl -H 'X-Demo-User: ([^']+)' (\S+)/.exec(child.out()) ?? [];
  const answer = await fetch(url ?? '', { headers: { 'x-demo-user': who ?? '' } });
  expect([answer.status, await answer.json()]).toMatchObject([200, { username: who }]);
  const [, email, password] = /browser: (\S+), (\S+) /.exec(child.out()) ?? [];
  expect((await call(child.url, 'auth.signIn', { email, password })).status).toBe(200);
  await using quiet = startChild({ PORT: String(await freePort()), DATA_DIR: `${data.path}/other` });
  await serving(quiet);
  expect(quiet.out()).not.toContain('DEMO');
  await using open = startChild({ PORT: '0', HOST: '0.0.0.0', DATA_DIR: data.path }, [], ['--demo']);
  expect([await open.ended, open.out(), open.err().trim().split('\n').length]).toEqual([1, '', 1]);
  expect(open.err()).toMatch(/^--demo lets anybody act as anybody/);
});
