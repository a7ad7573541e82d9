import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freshDatabase, patience, startProxy } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { rawRequest } from './test/raw.ts';
import { startServer } from './test/server.ts';

/** A built client: one page, one script, one dot file beside it. */
function builtClient() {
  const above = mkdtempSync(join(tmpdir(), 'koreromai-web-'));
  const root = join(above, 'dist');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>KoreroMai</title>');
  writeFileSync(join(root, 'assets', 'app.js'), 'export {};');
  writeFileSync(join(root, 'sw.js'), '// the worker');
  writeFileSync(join(root, 'manifest.webmanifest'), '{}');
  writeFileSync(join(above, 'secret.txt'), 'not for you');
  return { root, [Symbol.dispose]: () => rmSync(above, { recursive: true, force: true }) };
}

const insides = /node_modules|"stack"|\.ts:\d|\n\s+at |SQLITE_|\bER_[A-Z]{3}|[Hh]ono|trpc\/server|\/src\//;

test('E4, K3: every answer carries the policy, no sniffing and no referrer, and none tells of the insides', async () => {
  using client = builtClient();
  await using server = await startServer({ serve: { webRoot: client.root } });
  const { token } = await server.signUp('anahera');
  const { token: parting } = await server.signUp('bea');
  const auth = `Authorization: Bearer ${token}\r\n`;
  const json = 'Content-Type: application/json\r\n';
  const head = (line: string, more = '') => `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n`;
  const requests: Readonly<Record<string, [status: number, bytes: string]>> = {
    ok: [200, head('GET /trpc/users.me', auth)],
    'signed out': [401, head('GET /trpc/users.me')],
    'no procedure': [404, head('GET /trpc/nowhere')],
    'a batch of nothings': [404, head('GET /trpc/a,b,c?batch=1')],
    'bad input': [400, head('GET /trpc/messages.list?input=%7B%22conversationId%22:1%7D', auth)],
    'input that is no JSON': [400, head('GET /trpc/messages.list?input=%7B', auth)],
    'bad percent': [404, head('GET /trpc/%E0%A4%A', auth)],
    'wrong method': [405, head('PUT /trpc/users.me', auth)],
    'wrong type': [415, head('POST /trpc/auth.signOut', `${auth}Content-Length: 0\r\n`)],
    'foreign origin': [403, head('POST /trpc/auth.signOut', `${auth}${json}Origin: https://evil.example\r\nContent-Length: 0\r\n`)],
    'too large': [413, head('POST /trpc/auth.signUp', `${json}Content-Length: 9999999\r\n`)],
    'api for a stranger': [401, head('GET /api/v1/nothing')],
    api: [404, head('GET /api/v1/nothing', auth)],
    'api of another version': [404, head('GET /api/v2/nothing')],
    'the reference': [200, head('GET /api/docs')],
    'its script': [200, head('GET /api/docs/init.js')],
    'the document': [200, head('GET /api/v1/openapi.json')],
    rest: [200, head('GET /api/v1/users/me', auth)],
    'rest without a body': [204, head('POST /api/v1/auth/sign-out', `Authorization: Bearer ${parting}\r\nContent-Length: 0\r\n`)],
    page: [200, head('GET /')],
    'a route of the client': [200, head('GET /chats/1')],
    script: [200, head('GET /assets/app.js')],
    'the worker': [200, head('GET /sw.js')],
    'missing script': [404, head('GET /assets/missing.js')],
    'missing script by encoded path': [404, head('GET /assets/%6dissing.js')],
    healthz: [200, head('GET /healthz')],
    readyz: [200, head('GET /readyz')],
    'post to nowhere': [404, head('POST /nowhere', `${json}Content-Length: 0\r\n`)],
    trace: [404, head('TRACE /nowhere')],
  };
  const wrong: string[] = [];
  for (const [name, [status, bytes]] of Object.entries(requests)) {
    const reply = await rawRequest(server.port, bytes);
    if (reply.status !== status) wrong.push(`${name}: ${reply.status}`);
    for (const header of [
      /^content-security-policy: default-src 'self'/im,
      /^x-content-type-options: nosniff/im,
      /^referrer-policy: no-referrer/im,
    ]) {
      if (!header.test(reply.head)) wrong.push(`${name}: no ${header.source}`);
    }
    if (/unsafe-(inline|eval)/.test(reply.head)) wrong.push(`${name}: unsafe`);
    if (insides.test(reply.text.replaceAll(/^content-.*$/gim, ''))) wrong.push(`${name}: tells ${insides.exec(reply.text)?.[0]}`);
  }
  expect(wrong).toEqual([]);
  const missing = await fetch(`${server.url}/assets/missing.js`);
  expect(await missing.text()).not.toContain('<!doctype');
  for (const path of [
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/%2e%2e/secret.txt',
  ]) {
    expect((await rawRequest(server.port, head(`GET ${path}`))).text, path).not.toContain('not for you');
  }
  process.stdout.write(`E4: ${Object.keys(requests).length} kinds of answers\n`);
});

test('D12: the worker is asked for anew each time, and nothing stands in for one that is gone', async () => {
  using client = builtClient();
  await using server = await startServer({ serve: { webRoot: client.root } });
  const head = async (path: string) => {
    const { status, headers } = await fetch(`${server.url}${path}`);
    return [status, headers.get('content-type')?.split(';')[0], headers.get('cache-control')];
  };
  expect(await head('/sw.js')).toEqual([200, 'text/javascript', 'no-cache']);
  expect(await head('/manifest.webmanifest')).toEqual([200, 'application/manifest+json', 'no-cache']);
  expect(await head('/')).toEqual([200, 'text/html', 'no-cache']);
  rmSync(join(client.root, 'sw.js'));
  expect((await fetch(`${server.url}/sw.js`)).status).toBe(404);
});

test('K3: a fault of ours is a 500 with a number to find it by, and nothing of what went wrong', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  await server.services.db.orm.close(true);
  using socket = await server.socket(anahera).catch(() => ({ texts: [] as string[], [Symbol.dispose]() {} }));
  const replies = await Promise.all(
    ['users.me', 'conversations.list', 'auth.sessions'].map((path) => server.call(path, undefined, anahera)),
  );
  const signIn = await server.call('auth.signIn', { email: anahera.email, password: anahera.password });
  for (const { status, text, headers } of [...replies, signIn]) {
    expect(status).toBe(500);
    expect(text).toContain('INTERNAL');
    expect(text).not.toMatch(insides);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  }
  expect(socket.texts.join('\n')).not.toMatch(insides);
  expect(server.faults.length).toBeGreaterThan(0);
});

/** A door before the database that can be shut. */
async function door(target: URL) {
  const open = new Set<Socket>();
  let shut = false;
  const proxy: Server = createServer((near) => {
    if (shut) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
    near.pipe(far).pipe(near);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: url.href,
    shut(value: boolean) {
      shut = value;
      if (value) for (const socket of open) socket.destroy();
    },
    [Symbol.dispose]() {
      for (const socket of open) socket.destroy();
      proxy.close();
    },
  };
}

describe.skipIf(!process.env.TEST_MYSQL_URL)('readiness [mysql]', () => {
  test('K4: /readyz says 503 while the database is gone and 200 when it is back, and /healthz goes on', async () => {
    await using database = await freshDatabase('mysql');
    using between = await door(new URL(database.url));
    await using server = await startServer({ databaseUrl: between.url });
    const status = async (path: string) => (await fetch(`${server.url}${path}`)).status;
    expect(await status('/readyz')).toBe(200);
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({
      status: 'ready',
      redis: 'none',
      says: expect.stringContaining('REDIS_URL is not set'),
    });
    between.shut(true);
    const gone = await fetch(`${server.url}/readyz`);
    expect(gone.status).toBe(503);
    expect(gone.headers.get('retry-after')).toBe('1');
    expect(gone.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await gone.text()).not.toMatch(insides);
    expect(await status('/healthz')).toBe(200);
    between.shut(false);
    await eventually('readiness', async () => (await status('/readyz')) === 200);
    expect((await server.signUp('anahera')).token).toHaveLength(43);
  });

  test('F10, K4: where the line swallows everything /readyz says 503 within seconds, and when it is back all goes on', async () => {
    await using database = await freshDatabase('mysql');
    await using line = await startProxy(Number(new URL(database.url).port));
    const swallowing = new URL(database.url);
    swallowing.port = String(line.port);
    await using server = await startServer({ databaseUrl: swallowing.href });
    const [anahera] = await server.people('anahera');
    const ready = async () => (await fetch(`${server.url}/readyz`)).status;
    expect(await ready()).toBe(200);
    line.weather.blackhole = 'toClient';
    const from = performance.now();
    expect(await ready()).toBe(503);
    expect(performance.now() - from).toBeLessThan(5_000 * patience);
    line.weather.blackhole = 'none';
    line.resetAll();
    await eventually('readiness', async () => (await ready()) === 200);
    expect((await server.call('users.updateMe', { bio: 'back again' }, anahera)).status).toBe(200);
  });
});
