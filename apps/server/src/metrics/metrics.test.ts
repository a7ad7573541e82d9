import { eventually } from '@koreromai/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainClient } from '../test/plain.ts';
import { type Out, startServer } from '../test/server.ts';

const read = (url: string, headers: Record<string, string> = {}) => fetch(`${url}/metrics`, { headers });

/** The value of one line of the text; NaN where there is none. */
const figure = (text: string, line: string) =>
  Number(
    text
      .split('\n')
      .find((l) => l.startsWith(`${line} `))
      ?.slice(line.length + 1) ?? NaN,
  );

describe('the figures of a process', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('calls, requests, transactions and connections are counted, by patterns and never by what was sent', async () => {
    const [anahera, bea] = await server.people('anahera', 'bea');
    const group = await server.group(anahera, [bea.email, 'eru@example.nz']);
    const before = await (await read(server.url)).text();
    await server.ok('messages.post', { conversationId: group.id, id: crypto.randomUUID(), text: 'tēnā koe kererū' }, anahera);
    await server.call('messages.post', { conversationId: group.id, text: '' }, anahera);
    await fetch(`${server.url}/api/v1/conversations/${group.id}/messages?limit=5`, { headers: { authorization: `Bearer ${bea.token}` } });
    await fetch(`${server.url}/no/such/kereru`);
    const response = await read(server.url);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    const grown = (line: string) => figure(text, line) - (figure(before, line) || 0);
    expect(grown('koreromai_transactions_total')).toBeGreaterThanOrEqual(1);
    expect(grown('koreromai_events_total')).toBeGreaterThanOrEqual(1);
    expect(grown('koreromai_calls_total{procedure="messages.post",transport="http",code="OK"}')).toBe(1);
    expect(grown('koreromai_calls_total{procedure="messages.post",transport="http",code="EMPTY_MESSAGE"}')).toBe(1);
    const route = 'route="/api/v1/conversations/{id}/messages"';
    expect(figure(text, `koreromai_http_request_seconds_count{method="GET",${route},status="200"}`)).toBe(1);
    expect(figure(text, 'koreromai_connections{kind="socket"}')).toBe(0);
    expect(figure(text, 'koreromai_changes_waiting')).toBe(0);
    expect(figure(text, 'koreromai_queued_bytes')).toBe(0);
    expect(text).toContain('koreromai_follower_behind_events{follower=');
    expect(figure(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    for (const secret of ['kerer', group.id, anahera.id, anahera.email, anahera.token]) expect(text).not.toContain(secret);
  });

  test('a call that a bot’s token is not good for is counted like every other', async () => {
    const [hana] = await server.people('hana');
    const { id: botId } = await server.ok<Out['bots']['create']>('bots.create', { name: 'Karere' }, hana);
    const { token } = await server.ok<Out['bots']['createToken']>('bots.createToken', { botId, name: 'reads', scopes: ['read'] }, hana);
    expect((await server.call('reads.mark', { conversationId: botId, seq: 1 }, { ...hana, token })).code).toBe('TOKEN_SCOPE');
    const text = await (await read(server.url)).text();
    expect(figure(text, 'koreromai_calls_total{procedure="reads.mark",transport="http",code="TOKEN_SCOPE"}')).toBe(1);
  });

  test('a socket is counted while it is open, in the figures and in calls', async () => {
    const [cai] = await server.people('cai');
    const socket = await server.socket(cai);
    await socket.query('users.me');
    const text = await (await read(server.url)).text();
    expect(figure(text, 'koreromai_connections{kind="socket"}')).toBe(1);
    expect(figure(text, 'koreromai_calls_total{procedure="users.me",transport="ws",code="OK"}')).toBe(1);
    socket.socket.close();
    await socket.closed;
  });
});

test('what somebody hears is timed from its COMMIT to its last socket write, and what nobody hears is not', async () => {
  await using server = await startServer();
  const [anahera, bea, cai] = await server.people('anahera', 'bea', 'cai');
  const heard = await server.group(anahera, [bea.email, 'eru@example.nz']);
  const unheard = await server.group(anahera, [cai.email, 'eru@example.nz']);
  const { pos } = await server.ok<Out['session']['snapshot']>('session.snapshot', undefined, bea);
  await using plain = plainClient(server, bea);
  const ear = plain.listen(pos);
  await eventually('the start', () => ear.types.includes('checkpoint'));
  const count = async () => figure(await (await read(server.url)).text(), 'koreromai_delivery_seconds_count');
  const sum = async () => figure(await (await read(server.url)).text(), 'koreromai_delivery_seconds_sum');
  const before = await count();
  const say = (conversationId: string) => server.ok('messages.post', { conversationId, text: 'kia ora' }, anahera);
  for (let n = 0; n < 3; n++) await say(unheard.id);
  expect(await count()).toBe(before);
  for (let n = 0; n < 3; n++) await say(heard.id);
  await eventually('all three', () => ear.types.filter((type) => type === 'message.created').length === 3);
  expect(await count()).toBe(before + 3);
  expect(await sum()).toBeGreaterThan(0);
  expect(await sum()).toBeLessThan(10);
});

describe('K4: the figures are the operator’s', () => {
  test('with a token set, only who shows it reads them, loopback or not', async () => {
    await using server = await startServer({ metricsToken: 'ko-te-kupu-huna-1234' });
    expect((await read(server.url)).status).toBe(401);
    expect((await read(server.url, { authorization: 'Bearer ko-te-kupu-huna-1235' })).status).toBe(401);
    expect((await read(server.url, { authorization: 'Bearer ko-te-kupu-huna-1234' })).status).toBe(200);
  });

  test('without one they do not exist on a server that others reach, whatever a caller’s address looks like', async () => {
    await using server = await startServer({ publicUrl: 'https://chat.example.nz' });
    const answer = await read(server.url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('koreromai_');
  });
});
