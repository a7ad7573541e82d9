import { hashing } from '@koreromai/api';
import { rates } from '@koreromai/contract';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { batch, call, type Reply } from './test/http.ts';
import { send } from './test/rest.ts';
import { startServer } from './test/server.ts';
import { openSocket } from './test/socket.ts';

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Mann-Whitney: how far apart two samples are, in standard deviations. */
function rankDistance(a: readonly number[], b: readonly number[]): number {
  const above = a.reduce((sum, x) => sum + b.reduce((n, y) => n + (x > y ? 1 : x === y ? 0.5 : 0), 0), 0);
  const mean = (a.length * b.length) / 2;
  return (above - mean) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
}

/** What a reader of the answer sees, without what is new in each. */
const shown = ({ status, text, headers }: Reply) => ({
  status,
  body: text.replace(/"traceId":"[^"]+"/, '"traceId"'),
  headers: [...headers].filter(([name]) => name !== 'x-request-id' && name !== 'date'),
});

/** Somebody known, somebody suspended, somebody deleted and nobody at all. */
async function doors(
  server: Awaited<ReturnType<typeof startServer>>,
): Promise<Record<'known' | 'suspended' | 'deleted' | 'unknown', string>> {
  const [root, known, suspended, deleted] = await server.people('root', 'anahera', 'suspended', 'deleted');
  await server.ok('admin.updateUser', { userId: suspended.id, suspended: true }, root);
  await server.ok('users.deleteMe', { password: deleted.password }, deleted);
  await server.services.jobs.idle();
  return { known: known.email, suspended: suspended.email, deleted: deleted.email, unknown: 'nobody@example.nz' };
}

/** Knocks at every door in turn, each time in another order, and compares how long each took with the known one. */
async function compared(name: string, rounds: number, addresses: Record<string, string>, attempt: (email: string) => Promise<number>) {
  const times = new Map(Object.keys(addresses).map((kind): [string, number[]] => [kind, []]));
  const kinds = Object.entries(addresses);
  for (let i = 0; i < 10; i++) for (const [, email] of kinds) await attempt(email);
  for (let i = 0; i < rounds; i++) {
    const order = kinds.map((one) => ({ one, at: Math.random() })).toSorted((a, b) => a.at - b.at); // none always behind the same other
    for (const { one } of order) times.get(one[0])?.push(await attempt(one[1]));
  }
  const known = times.get('known') ?? [];
  return kinds.slice(1).map(([kind]) => {
    const other = times.get(kind) ?? [];
    const [ratio, distance] = [median(other) / median(known), rankDistance(known, other)];
    process.stdout.write(
      `${name}: ${rounds} × ${kind}, ${median(other).toFixed(2)} ms to ${median(known).toFixed(2)} ms, z = ${distance.toFixed(2)}\n`,
    );
    return { ratio, distance };
  });
}

/** Milliseconds until the answer is there; `after` is waited for and not counted. */
const timing = (call: (email: string) => Promise<Reply>, after?: () => Promise<void>) => async (email: string) => {
  const start = performance.now();
  await call(email);
  const took = performance.now() - start;
  await after?.();
  return took;
};

test('A2: an unknown, a suspended and a deleted address and a wrong password get the same answer, in the same time', {
  retry: 2,
}, async () => {
  await using server = await startServer({ serve: { hashing } });
  const addresses = await doors(server);
  const attempt = (email: string) => server.call('auth.signIn', { email, password: 'not the password' });
  for (const email of [...Object.values(addresses), 'no address at all'])
    expect(shown(await attempt(email))).toEqual(shown(await attempt(addresses.known)));
  for (const { ratio, distance } of await compared('A2', 60, addresses, timing(attempt))) {
    expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
    expect(Math.abs(distance)).toBeLessThan(3.3); // p > 0.001: a real difference of a hash would give z = 9
  }
});

test('A3, A4: who has forgotten the password hears the same in the same time, whoever has that address', {
  retry: 2,
}, async () => {
  await using server = await startServer({ serve: { hashing } });
  const addresses = await doors(server);
  const attempt = (email: string) => server.call('auth.forgotPassword', { email });
  for (const email of [...Object.values(addresses), 'no address at all'])
    expect(shown(await attempt(email))).toEqual(shown(await attempt(addresses.known)));
  for (const { ratio, distance } of await compared('A4', 200, addresses, timing(attempt, server.services.jobs.idle))) {
    expect(Math.abs(ratio - 1)).toBeLessThan(0.25);
    expect(Math.abs(distance)).toBeLessThan(3.3);
  }
});

const from = (i: number) => ({ 'x-forwarded-for': `203.0.113.${i}` });

test('A5: of a thousand guesses at one account from many addresses, over HTTP, batches, sockets and REST, twenty are looked at', async () => {
  await using server = await startServer({ rateLimits: true, trustedProxies: ['127.0.0.1'] });
  const [anahera, bea] = await server.people('anahera', 'bea');
  const guess = { email: anahera.email, password: 'wrong password' };
  using socket = await server.socket(bea);
  const [path, input] = ['auth.signIn', guess] as const;
  const codes: unknown[] = [];
  for (let i = 1; i <= 25; i++) {
    const rest = await fetch(`${server.url}/api/v1/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...from(i) },
      body: JSON.stringify({ ...guess, email: 'ANAHERA@Example.NZ' }),
    });
    const answers = [
      (await call(server.url, path, input, { headers: from(i + 50) })).code,
      (await socket.mutation(path, input)).error?.data.code,
      ((await rest.json()) as { code: string }).code,
      ...(
        await batch(server.url, Array<{ path: string; input: unknown }>(20).fill({ path, input }), { headers: from(i + 100) })
      ).replies.map((r) => r.code),
    ];
    codes.push(...answers);
    expect(answers, `round ${i}`).toContain('RATE_LIMITED');
  }
  const looked = codes.filter((code) => code === 'SIGN_IN_FAILED').length;
  process.stdout.write(`A5: ${codes.length} guesses at one account, ${looked} looked at\n`);
  expect([codes.length, looked]).toEqual([575, rates.signIn.points]);
  expect(new Set(codes)).toEqual(new Set(['SIGN_IN_FAILED', 'RATE_LIMITED']));
  const owner = await call(server.url, path, { ...guess, password: anahera.password }, { headers: from(200) });
  expect({ status: owner.status, code: owner.code }).toEqual({ status: 429, code: 'RATE_LIMITED' });
  expect(owner.error?.retryAfter).toBe(Number(owner.headers.get('retry-after')));
  expect(owner.error?.retryAfter).toBeLessThanOrEqual(rates.signIn.per / 1_000);
  const other = await call(server.url, path, { email: bea.email, password: bea.password }, { headers: from(201) });
  expect(other.status, 'another account').toBe(200);
});

test('A5: who knows the password may sign in as often as they like, and so may a whole office behind one address', async () => {
  await using server = await startServer({ rateLimits: true, trustedProxies: ['127.0.0.1'] });
  const [anahera, bea] = await server.people('anahera', 'bea');
  for (let i = 0; i < rates.signIn.points + 2; i++) {
    const { email, password } = i % 2 ? anahera : bea;
    expect((await call(server.url, 'auth.signIn', { email, password }, { headers: from(7) })).status, `the ${i}th`).toBe(200);
  }
  const one = () => call(server.url, 'auth.signIn', { email: bea.email, password: bea.password }, { headers: from(8) });
  for (let i = 0; i < rates.signIn.points + 2; i++) expect((await one()).status, `the ${i}th`).toBe(200);
});

test('A5: one address cannot try many accounts', async () => {
  await using server = await startServer({ rateLimits: true, trustedProxies: ['127.0.0.1'] });
  const one = (i: number) =>
    call(
      server.url,
      'auth.signIn',
      { email: `guest-${i}@example.nz`, password: 'wrong password' },
      { headers: { 'x-forwarded-for': '203.0.113.9' } },
    );
  const answers = await Promise.all(Array.from({ length: rates.signInAddress.points + 20 }, (_, i) => one(i)));
  expect(answers.filter((a) => a.code === 'SIGN_IN_FAILED')).toHaveLength(rates.signInAddress.points);
  expect(answers.filter((a) => a.status === 429)).toHaveLength(20);
});

test('A5: an address has one purse for all its doors: batch, socket, REST and plain calls together', async () => {
  await using server = await startServer({ rateLimits: true, trustedProxies: ['127.0.0.1'] });
  const bea = await server.signUp('bea');
  const headers = from(9);
  const upgrade = { headers: { ...headers, authorization: `Bearer ${bea.token}` } };
  using socket = await openSocket(new WebSocket(`ws://127.0.0.1:${server.port}/trpc`, upgrade));
  let guests = 0;
  const guess = () => ({ email: `guest-${guests++}@example.nz`, password: 'wrong password' }); // each account is tried once
  const doors = {
    call: async () => [(await call(server.url, 'auth.signIn', guess(), { headers })).code],
    batch: async () => {
      const calls = Array.from({ length: 5 }, () => ({ path: 'auth.signIn', input: guess() }));
      return (await batch(server.url, calls, { headers })).replies.map((r) => r.code);
    },
    socket: async () => [(await socket.mutation('auth.signIn', guess())).error?.data.code],
    rest: async () => [(await send(server.url, 'POST', '/auth/sign-in', guess(), { headers })).code],
  };
  const codes: unknown[] = [];
  while (codes.length < rates.signInAddress.points) {
    const door = codes.length < 5 ? doors.batch : [doors.call, doors.socket, doors.rest][codes.length % 3];
    codes.push(...((await door?.()) ?? []));
  }
  expect(codes).toEqual(Array(rates.signInAddress.points).fill('SIGN_IN_FAILED'));
  for (const [name, door] of Object.entries(doors)) expect(new Set(await door()), name).toEqual(new Set(['RATE_LIMITED']));
  expect((await call(server.url, 'auth.signIn', guess(), { headers: from(10) })).code, 'another address').toBe('SIGN_IN_FAILED');
});

const signUps = async (url: string, count: number, headers: (i: number) => Record<string, string> = () => ({})) => {
  const one = (i: number) =>
    call(url, 'auth.signUp', { email: `guest-${i}@example.nz`, password: 'short', name: 'Guest' }, { headers: headers(i) });
  const answers = await Promise.all(Array.from({ length: count }, (_, i) => one(i))); // refused for the password: no hash, but each is counted
  return answers.filter((a) => a.status === 429).length;
};

test('A6: sign-ups from this machine are never counted while the server listens on loopback only', async () => {
  await using server = await startServer({ rateLimits: true });
  expect(await signUps(server.url, 2 * rates.signUp.points)).toBe(0);
});

test('A6: with HOST=0.0.0.0 they are', async () => {
  await using server = await startServer({ rateLimits: true, host: '0.0.0.0' });
  expect(await signUps(server.url, rates.signUp.points + 15)).toBe(15);
});

test('A6, R8: X-Forwarded-For of a stranger is their own invention and frees nobody', async () => {
  await using server = await startServer({ rateLimits: true, host: '0.0.0.0' });
  const invented = (i: number) => ({
    'x-forwarded-for': i % 2 ? `198.51.100.${i}` : '127.0.0.1',
    forwarded: `for=198.51.100.${i}`,
    'x-real-ip': `198.51.100.${i}`,
  });
  expect(await signUps(server.url, rates.signUp.points + 15, invented)).toBe(15);
});

test('A6, R8: behind a trusted proxy each caller counts alone, and what they put before the proxy’s word does not help', async () => {
  await using server = await startServer({ rateLimits: true, trustedProxies: ['127.0.0.1', '10.0.0.0/8'] });
  expect(await signUps(server.url, rates.signUp.points + 15, (i) => ({ 'x-forwarded-for': `198.51.100.${i}` }))).toBe(0);
  const invented = (i: number) => ({ 'x-forwarded-for': `192.0.2.${i}, 203.0.113.5, 10.0.0.${i}` });
  expect(await signUps(server.url, rates.signUp.points + 15, invented)).toBe(15);
  const rubbish = (i: number) => ({ 'x-forwarded-for': `192.0.2.${i}, x${i}, 10.0.0.7` });
  expect(await signUps(server.url, rates.signUp.points + 15, rubbish)).toBe(15);
});
