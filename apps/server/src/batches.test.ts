import { hashing } from '@koreromai/api';
import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { batch, call } from './test/http.ts';
import { startServer } from './test/server.ts';

test('R3, A6: a batch above 20 is refused as a whole before anything of it runs', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const before = await server.state();
  const calls = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      path: 'conversations.create',
      input: { kind: 'direct', person: `guest-${i}@example.org` },
    }));
  for (const count of [21, 500]) {
    const { status, text } = await batch(server.url, calls(count), { token: anahera.token });
    expect({ status, code: JSON.parse(text).code }).toEqual({ status: 400, code: 'BATCH_TOO_LARGE' });
  }
  const queries = await batch(
    server.url,
    Array.from({ length: 21 }, () => ({ path: 'users.me' })),
    { token: anahera.token },
  );
  expect(JSON.parse(queries.text).code).toBe('BATCH_TOO_LARGE');
  expect(await server.state()).toBe(before);
  const twenty = await batch(server.url, calls(20), { token: anahera.token });
  expect(twenty.replies.map((r) => r.status)).toEqual(Array.from({ length: 20 }, () => 200));
});

test('R3: commas, unknown paths and spellings of a batch are answered with no more than five times their size', async () => {
  await using server = await startServer();
  const paths = [
    ','.repeat(19),
    ','.repeat(8_000),
    Array.from({ length: 20 }, () => 'a').join(','),
    Array.from({ length: 3_000 }, () => 'a').join(','),
    Array.from({ length: 20 }, () => 'users.me').join(','),
    Array.from({ length: 20 }, () => '__proto__').join(','),
    'users.me%2cusers.me%2cusers.me',
    Array.from({ length: 100 }, () => 'users.me').join('%2C'),
    'constructor,toString,hasOwnProperty',
    '%E0%A4%A',
  ];
  const told: string[] = [];
  for (const path of paths) {
    const bytes = `GET /trpc/${path}?batch=1&input={} HTTP/1.1\r\n`.length + 200; // with the least of headers
    const response = await fetch(`${server.url}/trpc/${path}?batch=1&input={}`);
    const text = await response.text();
    if (text.length > 5 * bytes && response.status !== 401) told.push(`${path.slice(0, 40)}: ${text.length} for ${bytes}`);
    if (response.status >= 500 || response.status === 200) told.push(`${path.slice(0, 40)}: ${response.status}`);
  }
  expect(told).toEqual([]);
});

test('R3, E7: keys of a batch that are no index, and keys of prototypes, change nothing', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const bodies = [
    '{"__proto__":{"email":1}}',
    '{"-1":{}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"0":{"__proto__":{"polluted":1},"kind":"direct","person":"x@example.org"}}',
    '[]',
    'null',
    '1',
    '"x"',
    '',
    '{',
    '{"1e400":1}',
    '{"0":null}',
  ];
  for (const body of bodies) {
    const response = await fetch(`${server.url}/trpc/conversations.create?batch=1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${anahera.token}`, 'content-type': 'application/json' },
      body,
    });
    expect(response.status, body).toBeLessThan(500);
    expect(await response.text(), body).not.toMatch(/node_modules|"stack"|\.ts:/);
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(server.faults).toEqual([]);
});

test('A6: a batch of twenty sign-ins counts as twenty', async () => {
  await using server = await startServer({ rateLimits: true });
  const anahera = await server.signUp('anahera');
  const wrong = { path: 'auth.signIn', input: { email: anahera.email, password: 'not the password' } };
  const { replies } = await batch(
    server.url,
    Array.from({ length: 20 }, () => wrong),
  );
  expect(new Set(replies.map((r) => r.code))).toEqual(new Set(['SIGN_IN_FAILED']));
  const next = await call(server.url, 'auth.signIn', wrong.input);
  expect({ status: next.status, code: next.code }).toEqual({ status: 429, code: 'RATE_LIMITED' });
  expect(Number(next.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await batch(server.url, [wrong, wrong])).replies.map((r) => r.code)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
});

test('A2: when too many passwords wait, the next is told BUSY with a time, and soon all is well', async () => {
  await using server = await startServer({ serve: { hashing } });
  const anahera = await server.signUp('anahera');
  const tries = Array.from({ length: 30 }, (_, i) =>
    Array.from({ length: 20 }, (_, j) => ({
      path: 'auth.signIn',
      input: { email: `guest-${i}-${j}@example.org`, password: 'not the password' },
    })),
  );
  const answers = (await Promise.all(tries.map((calls) => batch(server.url, calls)))).flatMap((a) => a.replies);
  const busy = answers.filter((a) => a.code === 'BUSY');
  expect(busy.length).toBeGreaterThan(0);
  expect(new Set(answers.map((a) => a.code))).toEqual(new Set(['BUSY', 'SIGN_IN_FAILED']));
  expect(busy[0]?.status).toBe(503);
  await eventually(
    'a sign-in',
    async () => (await server.call('auth.signIn', { email: anahera.email, password: anahera.password })).status === 200,
  );
  process.stdout.write(`A2: ${answers.length} sign-ins at once, ${busy.length} told BUSY\n`);
});
