import { rates } from '@koreromai/contract';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { send } from '../test/rest.ts';
import { type Out, type Person, startServer, type TestServer } from '../test/server.ts';

const newId = '00000000-0000-4000-8000-00000000000a';

/** Requests of one person; `status code` of refusals. */
const as = (server: TestServer, who?: Person) => {
  const options = (headers: Record<string, string> = {}) => ({ ...(who ? { token: who.token } : {}), headers });
  return {
    send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
      send(server.url, method, path, body, options(headers)),
    verdict: async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
      const { status, code } = await send(server.url, method, path, body, options(headers));
      return code === null ? `${status}` : `${status} ${code}`;
    },
  };
};

eachDatabase('the fine print of REST', (dialect) => {
  test('a message is made with 201, ETag and an absolute Location; the same key again gives the original with 200', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
    const mine = as(server, anahera);
    for (const [i, place] of ['conversations', 'rooms', 'room'].entries()) {
      const key = { 'idempotency-key': newId.replace(/.$/, String(i)) };
      const first = await mine.send('POST', `/${place}/${id}/messages`, { text: 'Kia ora' }, key);
      expect([first.status, first.headers.get('etag'), first.headers.get('idempotency-replayed')]).toEqual([201, '"1"', null]);
      expect(first.headers.get('location')).toBe(`${server.origin}/api/v1/messages/${key['idempotency-key']}`);
      const followed = await fetch(first.headers.get('location') ?? '', { headers: { authorization: `Bearer ${anahera.token}` } });
      expect([followed.status, followed.headers.get('etag'), await followed.json()]).toEqual([200, '"1"', first.data]);
      const again = await mine.send('POST', `/conversations/${id}/messages`, { text: 'Kia ora', id: key['idempotency-key'] });
      expect([again.status, again.headers.get('idempotency-replayed'), again.headers.get('location')]).toEqual([200, 'true', null]);
      expect(again.data).toEqual(first.data);
      expect(await mine.verdict('POST', `/room/${id}/messages`, { text: 'other' }, key)).toBe('409 IDEMPOTENCY_MISMATCH');
      expect(await mine.verdict('POST', `/room/${id}/messages`, { text: 'x', id: newId }, key)).toBe('400 BAD_INPUT');
    }
    expect(await mine.verdict('POST', `/room/${id}/messages`, { text: 'x' }, { 'idempotency-key': 'nonsense' })).toBe('400 BAD_INPUT');
  });

  test('a direct chat is 201, then 200 where it stood, and 202 with a link for an unknown address', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const start = (person: string) => as(server, anahera).send('POST', '/conversations', { kind: 'direct', person });
    const made = await start(bea.email);
    const { id } = made.data as { id: string };
    expect([made.status, made.headers.get('location')]).toEqual([201, `${server.origin}/api/v1/conversations/${id}`]);
    const again = await start(bea.email);
    expect([again.status, again.headers.get('location'), (again.data as { id: string }).id]).toEqual([200, null, id]);
    const pending = await start('nobody@example.org');
    expect([pending.status, pending.data]).toEqual([
      202,
      expect.objectContaining({ status: 'pending', link: expect.stringMatching(/^http/) }),
    ]);
  });

  test('POST /users makes an account with 201 and a Location, and signs nobody in', async () => {
    await using server = await startServer({ dialect });
    const body = { email: 'Hana@Example.NZ', password: 'correct horse', name: 'Hana' };
    const made = await as(server).send('POST', '/users', body);
    const { id } = made.data as { id: string };
    expect([made.status, made.headers.get('location'), made.headers.get('set-cookie')]).toEqual([
      201,
      `${server.origin}/api/v1/users/${id}`,
      null,
    ]);
    expect(made.data).not.toHaveProperty('token');
    expect(await as(server).verdict('POST', '/users', body)).toBe('409 EMAIL_TAKEN');
    const signedIn = await as(server).send('POST', '/auth/sign-in', { email: 'hana@example.nz', password: 'correct horse' });
    const { token } = signedIn.data as { token: string };
    const sessions = await send(server.url, 'GET', '/auth/sessions', undefined, { token });
    expect((sessions.data as { items: unknown[] }).items).toHaveLength(1);
  });

  test('If-Match edits only the version that was seen: 412 when it has changed, 409 when the body names it, 400 for no tag', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
    const mine = as(server, anahera);
    const { data } = await mine.send('POST', `/conversations/${id}/messages`, { text: 'one' });
    const path = `/messages/${(data as { id: string }).id}`;
    const seen = (await mine.send('GET', path)).headers.get('etag') ?? '';
    const edited = await mine.send('PATCH', path, { text: 'two' }, { 'if-match': seen });
    expect([edited.status, edited.headers.get('etag'), edited.data]).toEqual([200, '"2"', expect.objectContaining({ text: 'two' })]);
    expect(await mine.verdict('PATCH', path, { text: 'three' }, { 'if-match': seen })).toBe('412 PRECONDITION_FAILED');
    expect(await mine.verdict('PATCH', path, { text: 'three', expectedVersion: 1 })).toBe('409 VERSION_CONFLICT');
    for (const tag of ['W/"2"', '"0"', '"x"', '""'])
      expect(await mine.verdict('PATCH', path, { text: 'three' }, { 'if-match': tag }), tag).toBe('412 PRECONDITION_FAILED');
    for (const tag of ['2', '"1", "2"', ''])
      expect(await mine.verdict('PATCH', path, { text: 'three' }, { 'if-match': tag }), tag).toBe('400 BAD_INPUT');
    expect(((await mine.send('GET', path)).data as { text: string }).text).toBe('two');
    expect(await mine.verdict('PATCH', path, { text: 'three' }, { 'if-match': '*' })).toBe('200');
    expect(await as(server, await server.signUp('stranger')).verdict('PATCH', path, { text: 'x' }, { 'if-match': '"1"' })).toBe(
      '404 NOT_FOUND',
    );
  });

  test('a page tells the next one in Link, and following it to the end gives every message once', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
    for (let i = 0; i < 5; i++) await server.ok<Out['messages']['post']>('messages.post', { conversationId: id, text: `${i}` }, anahera);
    const seen: (string | null)[] = [];
    let next = `${server.origin}/api/v1/conversations/${id}/messages?limit=2&order=asc`;
    let pages = 0;
    for (; next !== ''; pages++) {
      const response = await fetch(next, { headers: { authorization: `Bearer ${bea.token}` } });
      const { items } = (await response.json()) as Out['messages']['list'];
      seen.push(...items.map((m) => m.text));
      next = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? '';
    }
    expect([seen, pages]).toEqual([['0', '1', '2', '3', '4'], 3]);
  });
});

test('who is not signed in hears 401 before 404, 405, 415 and 400; who is hears each of them', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const text = { 'content-type': 'text/plain' };
  const asked: [string, string, unknown, Record<string, string>, string][] = [
    ['GET', '/nowhere', undefined, {}, '404 NOT_FOUND'],
    ['GET', '/users/me/', undefined, {}, '404 NOT_FOUND'],
    ['GET', '/messages/%E0%A4%A', undefined, {}, '404 NOT_FOUND'],
    ['POST', '/users/me', {}, {}, '405 METHOD_NOT_SUPPORTED'],
    ['PUT', '/users', {}, {}, '405 METHOD_NOT_SUPPORTED'],
    ['POST', '/conversations', 'x', text, '415 UNSUPPORTED_MEDIA'],
    ['POST', '/conversations', '{', {}, '400 BAD_INPUT'],
    ['POST', '/conversations', '[]', {}, '400 BAD_INPUT'],
    ['POST', '/conversations', undefined, {}, '400 BAD_INPUT'],
    ['GET', '/conversations?limit=101', undefined, {}, '400 BAD_INPUT'],
    ['GET', '/conversations?limit=5&limit=6', undefined, {}, '400 BAD_INPUT'],
    ['GET', '/conversations?envelope=false', undefined, {}, '400 BAD_INPUT'],
    ['GET', '/conversations/x', undefined, {}, '400 BAD_INPUT'],
    ['DELETE', `/auth/sessions/${newId}`, { id: newId }, {}, '400 BAD_INPUT'],
    ['DELETE', `/auth/sessions/${newId}`, undefined, {}, '404 NOT_FOUND'],
    ['POST', `/conversations/${newId}/leave?x=1`, undefined, {}, '400 BAD_INPUT'],
    ['POST', `/conversations/${newId}/leave`, { conversationId: newId }, {}, '400 BAD_INPUT'],
    ['DELETE', `/auth/sessions/${newId}?sessionId=${newId}`, undefined, {}, '400 BAD_INPUT'],
  ];
  for (const [method, path, body, headers, wanted] of asked) {
    expect(await as(server).verdict(method, path, body, headers), `${method} ${path}`).toBe('401 UNAUTHENTICATED');
    expect(await as(server, anahera).verdict(method, path, body, headers), `${method} ${path}`).toBe(wanted);
  }
  expect(await as(server).verdict('GET', '/auth/sign-up'), 'only public methods there').toBe('405 METHOD_NOT_SUPPORTED');
  const wrong = await as(server, anahera).send('POST', '/users/me', {});
  expect(wrong.headers.get('allow')).toMatch(/\bGET\b.*\bHEAD\b/);
  expect((await as(server).send('GET', '/users/me')).headers.get('www-authenticate')).toBe('Bearer');
});

test('a refusal is a problem document with its code, its sentence and the fields by their names in REST', async () => {
  await using server = await startServer();
  const anahera = await server.signUp('anahera');
  const { headers, data } = await as(server, anahera).send('GET', '/conversations/x/messages?limit=1e2&admin=1');
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(data).toMatchObject({
    type: 'about:blank',
    title: 'BAD_INPUT',
    status: 400,
    code: 'BAD_INPUT',
    detail: expect.stringMatching(/\.$/),
    traceId: headers.get('x-request-id'),
    fields: { id: 'must be a UUID' },
  });
});

test('what needs no body works without one and without a content type; HEAD is GET without the body', async () => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
  expect(await as(server, bea).verdict('POST', `/conversations/${id}/leave`)).toBe('204');
  expect(await as(server, bea).verdict('POST', `/conversations/${id}/leave`), 'twice').toBe('204');
  const head = await as(server, anahera).send('HEAD', `/conversations/${id}`);
  const get = await as(server, anahera).send('GET', `/conversations/${id}`);
  expect([head.status, head.text, head.headers.get('content-type')]).toEqual([200, '', 'application/json']);
  expect(get.status).toBe(200);
  expect(await as(server).verdict('HEAD', `/conversations/${id}`)).toBe('401');
  const out = await as(server, anahera).send('POST', '/auth/sign-out');
  expect([out.status, out.text, out.headers.get('content-type')]).toEqual([204, '', null]);
});

test('a call that is limited says what is left, in both dialects; one too many says when to come back', async () => {
  await using server = await startServer({ rateLimits: true });
  const [anahera, bea] = await server.people('anahera', 'bea');
  const { id } = await server.group(anahera, [bea.email, 'guest@example.org']);
  const { points } = rates.post;
  const post = () => as(server, anahera).send('POST', `/conversations/${id}/messages`, { text: 'kia ora' });
  const first = await post();
  expect(first.headers.get('ratelimit-policy')).toBe(`"post";q=${points};w=10`);
  expect(first.headers.get('ratelimit')).toMatch(new RegExp(`^"post";r=${points - 1};t=(10|9)$`));
  expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual([`${points}`, `${points - 1}`]);
  expect(Number(first.headers.get('x-ratelimit-reset')) * 1_000).toBeGreaterThan(Date.now() - 1_000);
  const all = await Promise.all(Array.from({ length: points }, post));
  const stopped = all.filter((reply) => reply.status === 429);
  expect(stopped.length).toBe(1);
  expect(stopped[0]?.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(Number(stopped[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  const several = await as(server, anahera).send('POST', '/conversations', { kind: 'direct', person: bea.email });
  expect(
    several.headers
      .get('ratelimit')
      ?.split(', ')
      .map((part) => part.split(';')[0]),
  ).toEqual(['"change"', '"lookUp"', '"lookUpDaily"']);
  expect(several.headers.get('x-ratelimit-limit'), 'the scarcest').toBe(`${rates.lookUp.points}`);
  expect((await as(server, anahera).send('GET', '/users/me')).headers.get('ratelimit')).toBeNull();
});
