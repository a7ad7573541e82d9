import { expect, test } from 'vitest';
import { createScene, inputsFor } from './test/matrix/scene.ts';
import { mutations, procedureTypes } from './test/procedures.ts';
import { rawRequest } from './test/raw.ts';
import { startServer } from './test/server.ts';

/** What a foreign page can make a browser send with the cookie: without a preflight, or after one that was wrongly allowed. */
const doors: Readonly<Record<string, Record<string, string>>> = {
  'multipart/form-data': { 'content-type': 'multipart/form-data; boundary=x' },
  'text/plain': { 'content-type': 'text/plain' },
  'text/plain with json in it': { 'content-type': 'text/plain;application/json' },
  urlencoded: { 'content-type': 'application/x-www-form-urlencoded' },
  'no content type': {},
  'empty content type': { 'content-type': '' },
  'octet-stream': { 'content-type': 'application/octet-stream' },
  'application/jsonx': { 'content-type': 'application/jsonx' },
  'x-application/json': { 'content-type': 'x/application/json' },
  'two types': { 'content-type': 'text/plain, application/json' },
  'application/json from another origin': { 'content-type': 'application/json', origin: 'https://evil.example' },
  'application/json;x from another origin': { 'content-type': 'application/json;x', origin: 'https://evil.example' },
  'application/json from null': { 'content-type': 'application/json', origin: 'null' },
  'application/json from a suffix': { 'content-type': 'application/json', origin: 'http://localhost.evil.example' },
  'application/json by a cross-site page': { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
  'application/json by a page of a sibling site': { 'content-type': 'application/json', 'sec-fetch-site': 'same-site' },
};

const mime = (body: string) => `--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n${body}\r\n--x--\r\n`;

function request(method: string, path: string, headers: Record<string, string>, body: string): string {
  const lines = Object.entries({ host: 'localhost', connection: 'close', ...headers, 'content-length': String(Buffer.byteLength(body)) });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`;
}

test('D2: no mutation runs by a form, without JSON, or for a page of another site', async () => {
  await using scene = await createScene('sqlite');
  const { server, cast } = scene;
  const stage = await scene.stage();
  const { sessionId } = await server.ok<{ sessionId: string }>('session.snapshot', undefined, cast.owner);
  const inputs = inputsFor(stage, cast, sessionId);
  const cookie = `koreromai=${cast.owner.token}`;
  const before = await server.state();
  const ran: string[] = [];
  let tries = 0;
  for (const path of mutations) {
    for (const [door, headers] of Object.entries(doors)) {
      for (const batched of [false, true]) {
        const json = JSON.stringify(batched ? { 0: inputs[path] } : inputs[path]) ?? '';
        const body = door.startsWith('multipart') ? mime(json) : json;
        const { status } = await rawRequest(
          server.port,
          request('POST', `/trpc/${path}${batched ? '?batch=1' : ''}`, { cookie, ...headers }, body),
        );
        tries++;
        if (status !== 403 && status !== 415) ran.push(`${path} by ${door}: ${status}`);
      }
    }
  }
  expect(ran).toEqual([]);
  expect(await server.state()).toBe(before);
  const own = { cookie, 'content-type': 'application/json; charset=utf-8', origin: server.origin, 'sec-fetch-site': 'same-origin' };
  const healthy = await rawRequest(server.port, request('POST', '/trpc/messages.post', own, JSON.stringify(inputs['messages.post'])));
  expect(healthy.status, 'our own page is served').toBe(200);
  process.stdout.write(`D2: ${tries} forged requests over ${mutations.length} mutations, none ran\n`);
});

test('D3: no method but POST changes anything, and no spelling of a path gets round a guard', async () => {
  await using scene = await createScene('sqlite');
  const { server, cast } = scene;
  const stage = await scene.stage();
  const inputs = inputsFor(stage, cast, '');
  const authorization = `Bearer ${cast.owner.token}`;
  const before = await server.state();
  const ran: string[] = [];
  const attempt = async (what: string, bytes: string) => {
    const { status } = await rawRequest(server.port, bytes);
    if (status === 200 || status >= 500) ran.push(`${what}: ${status}`);
  };
  const json = { authorization, 'content-type': 'application/json' };
  for (const path of mutations) {
    const query = `?input=${encodeURIComponent(JSON.stringify(inputs[path]) ?? '')}`;
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS', 'CONNECT', 'QUERY', 'PROPFIND']) {
      await attempt(`${method} ${path}`, request(method, `/trpc/${path}${query}`, json, ''));
    }
    const overriding = { ...json, 'x-http-method-override': 'POST', 'x-http-method': 'POST', 'x-method-override': 'POST' };
    await attempt(`GET overridden ${path}`, request('GET', `/trpc/${path}${query}&_method=POST`, overriding, ''));
  }
  const stranger = { 'content-type': 'application/json' };
  const guarded = [
    '//trpc/messages.post',
    '/trpc//messages.post',
    '/trpc%2fmessages.post',
    '/trpc/messages.post/',
    '/trpc/messages.post;x',
    '/TRPC/messages.post',
    '/trpc/Messages.Post',
    '/trpc/messages%2epost',
    '/trpc/./messages.post',
    '/x/../trpc/messages.post',
    '/trpc/%6dessages.post',
    '/trpc/messages.post%00',
    '/trpc/messages.post,auth.signOut',
    '/trpc/auth.signIn%2cmessages.post?batch=1',
    '/trpc;x/messages.post',
    '\\trpc\\messages.post',
    'http://evil.example/trpc/messages.post',
  ];
  for (const path of guarded) {
    await attempt(`stranger ${path}`, request('POST', path, stranger, JSON.stringify(inputs['messages.post'])));
    const { status } = await rawRequest(
      server.port,
      request('POST', path, { ...json, origin: 'https://evil.example' }, JSON.stringify(inputs['messages.post'])),
    );
    if (status === 200 || status >= 500) ran.push(`foreign ${path}: ${status}`);
  }
  expect(ran).toEqual([]);
  expect(await server.state()).toBe(before);
});

test('D4: the door for event streams over HTTP is shut, and nothing stays open behind it', async () => {
  await using server = await startScene();
  const refused = async (method: string, path: string) => {
    const bytes = request(
      method,
      path,
      { authorization: `Bearer ${server.token}`, accept: 'text/event-stream', 'content-type': 'application/json' },
      '',
    );
    return rawRequest(server.port, bytes);
  };
  for (const [path, type] of procedureTypes) {
    if (type !== 'subscription') continue;
    for (const query of ['', '?input={}', '?batch=1&input={}', '?connectionParams={}']) {
      const { status, text } = await refused('GET', `/trpc/${path}${query}`);
      expect([405, 400], `${query} ${text}`).toContain(status);
      expect(text).not.toContain('"type":"started"');
    }
    expect((await refused('POST', `/trpc/${path}`)).status).toBe(405);
  }
});

async function startScene() {
  const server = await startServer();
  const { token } = await server.signUp('anahera');
  return { ...server, token };
}
