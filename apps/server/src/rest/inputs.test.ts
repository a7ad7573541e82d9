import { limits, rates } from '@koreromai/contract';
import { eachDatabase, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { send } from '../test/rest.ts';
import { startServer } from '../test/server.ts';

eachDatabase('inputs by REST', (dialect) => {
  test('E5: quotes, comments and wildcards of SQL come back as they were written, from a body, a query and a path', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
    const as = { token: anahera.token };
    const texts = [
      "'; drop table message; --",
      '" or ""="',
      "' or 1=1 #",
      '\\',
      "\\'",
      '%',
      '_',
      "'||sleep(5)||'",
      '?',
      ':name',
      '$1',
      '🥝 \'"',
      '%2527',
    ];
    const started = performance.now();
    for (const text of texts) {
      const posted = await send(server.url, 'POST', `/conversations/${id}/messages`, { text }, as);
      expect([posted.status, (posted.data as { text: string }).text]).toEqual([201, text]);
      const wild = encodeURIComponent(text);
      expect((await send(server.url, 'GET', `/conversations?cursor=${wild}`, undefined, as)).code, text).toBe('CURSOR_INVALID');
      expect((await send(server.url, 'GET', `/messages/${wild}`, undefined, as)).status, text).toBe(400);
      expect((await send(server.url, 'GET', `/invitations/${wild}`)).status, text).toBe(404);
    }
    expect(performance.now() - started).toBeLessThan(15_000 * patience);
    expect(server.faults).toEqual([]);
  });

  test('E13: a text of exactly the bound is taken, one letter more is 413, and nothing is cut', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
    const max = limits.text.maxCodePoints;
    for (const letter of ['x', 'ā', '🥝']) {
      const post = (length: number) =>
        send(server.url, 'POST', `/conversations/${id}/messages`, { text: letter.repeat(length) }, { token: anahera.token });
      for (const length of [max - 1, max]) {
        const { status, data } = await post(length);
        expect([status, (data as { text: string }).text.length], `${length} ${letter}`).toEqual([201, letter.length * length]);
      }
      expect((await post(max + 1)).code, letter).toBe('MESSAGE_TOO_LONG');
    }
    const signUp = (password: string) =>
      send(server.url, 'POST', '/auth/sign-up', { email: `p${password.length}@example.nz`, password, name: 'P' });
    const { min } = limits.password;
    expect([(await signUp('x'.repeat(min - 1))).status, (await signUp('x'.repeat(min))).status]).toEqual([400, 201]);
  });
});

test('E14: a number in a query is decimal digits within its bounds and nothing else', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const odd = [
    '',
    '0',
    '-1',
    '+1',
    '101',
    '1.0',
    '1.5',
    '1e2',
    '0x10',
    'NaN',
    '-0',
    'Infinity',
    '1_0',
    ' 5',
    '5 ',
    '５',
    '٥',
    'null',
    'true',
    '[]',
    '1,2',
  ];
  for (const limit of [...odd, '9007199254740993', '1'.repeat(400)]) {
    const { status, code } = await send(server.url, 'GET', `/conversations?limit=${encodeURIComponent(limit)}`, undefined, {
      token: anahera.token,
    });
    expect([status, code], `limit=${limit}`).toEqual([400, 'BAD_INPUT']);
  }
  for (const limit of ['1', '50', '100'])
    expect((await send(server.url, 'GET', `/conversations?limit=${limit}`, undefined, { token: anahera.token })).status).toBe(200);
});

test('E7: names that reach for a prototype are unknown names, in bodies, queries and paths, and nothing is polluted', async () => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
  const as = { token: anahera.token };
  const before = await server.state();
  const bodies = [
    '{"text":"x","__proto__":{"polluted":true}}',
    '{"text":"x","constructor":{"prototype":{"polluted":true}}}',
    '{"__proto__":{"text":"x"}}',
    '{"text":{"__proto__":{"polluted":true}}}',
    '{"text":"x","prototype":1}',
  ];
  for (const body of bodies)
    expect((await send(server.url, 'POST', `/conversations/${id}/messages`, body, as)).code, body).toBe('BAD_INPUT');
  for (const query of ['__proto__=x', '__proto__[polluted]=true', 'constructor=x', 'toString=x', 'hasOwnProperty=1', 'limit[__proto__]=1'])
    expect((await send(server.url, 'GET', `/conversations?${query}`, undefined, as)).code, query).toBe('BAD_INPUT');
  for (const word of ['__proto__', 'constructor', 'toString']) {
    expect((await send(server.url, 'GET', `/${word}`, undefined, as)).status, word).toBe(404);
    expect((await send(server.url, 'GET', `/messages/${word}`, undefined, as)).status, word).toBe(400);
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(await server.state()).toBe(before);
  expect(server.faults).toEqual([]);
});

test('D2: no form and no page of another site changes anything by REST with somebody’s cookie', async () => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
  const cookie = `koreromai=${anahera.token}`;
  const before = await server.state();
  const doors: Record<string, string>[] = [
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/json', origin: 'https://evil.example' },
    { 'content-type': 'application/json', origin: 'null' },
    { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    {},
  ];
  for (const headers of doors) {
    const tries: [string, string, string | undefined][] = [
      ['POST', `/conversations/${id}/messages`, '{"text":"forged"}'],
      ['POST', `/conversations/${id}/leave`, undefined],
      ['DELETE', '/auth/sessions', undefined],
      ['POST', '/auth/sign-out', undefined],
    ];
    for (const [method, path, body] of tries) {
      if (body !== undefined && Object.keys(headers).length === 0) continue; // a body has a type
      const { 'content-type': type } = headers;
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { cookie, ...headers },
        ...(body === undefined ? {} : { body }),
      });
      if (type === 'application/json' && headers.origin === undefined && headers['sec-fetch-site'] === undefined) continue;
      expect([403, 415], `${method} ${path} ${JSON.stringify(headers)}: ${response.status}`).toContain(response.status);
    }
  }
  expect(await server.state()).toBe(before);
  const own = { cookie, origin: server.origin, 'sec-fetch-site': 'same-origin' };
  expect((await fetch(`${server.url}/api/v1/auth/sign-out`, { method: 'POST', headers: own })).status, 'our own page').toBe(204);
});

test('A5: twenty wrong passwords are looked at over REST and tRPC together, then 429; other accounts go on', async () => {
  await using server = await startServer({ rateLimits: true, trustedProxies: ['127.0.0.1'] });
  const anahera = await server.signUp('anahera');
  const headers = { 'x-forwarded-for': '203.0.113.1' };
  const signIn = (email: string, password: string, from = headers) =>
    send(server.url, 'POST', '/auth/sign-in', { email, password }, { headers: from });
  for (let i = 0; i < rates.signIn.points; i++) expect((await signIn(anahera.email, 'wrong password')).code).toBe('SIGN_IN_FAILED');
  const stopped = await signIn('ANAHERA@Example.NZ', anahera.password);
  expect([stopped.status, stopped.code]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  const byTrpc = await fetch(`${server.url}/trpc/auth.signIn`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ email: anahera.email, password: anahera.password }),
  });
  expect(byTrpc.status, 'one purse for both doors').toBe(429);
  expect((await signIn(anahera.email, anahera.password, { 'x-forwarded-for': '203.0.113.2' })).status, 'from elsewhere too').toBe(429);
});

test('A6: sign-ups by REST count for their address: POST /users and /auth/sign-up from one purse', async () => {
  await using server = await startServer({ rateLimits: true, host: '0.0.0.0' });
  const path = (i: number) => (i % 2 ? '/users' : '/auth/sign-up');
  const one = (i: number) => send(server.url, 'POST', path(i), { email: `guest-${i}@example.nz`, password: 'short', name: 'Guest' });
  const answers = await Promise.all(Array.from({ length: rates.signUp.points + 10 }, (_, i) => one(i)));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
});
