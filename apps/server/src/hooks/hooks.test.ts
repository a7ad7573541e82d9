import { rates } from '@koreromai/contract';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createLog } from '../logs/log.ts';
import { type Out, startServer, type TestServer } from '../test/server.ts';

async function builds(server: TestServer) {
  const [hana, wiremu, mere] = await server.people('hana', 'wiremu', 'mere');
  const { id: conversationId } = await server.group(hana, [wiremu.email, mere.email]);
  const hook = await server.ok<Out['hooks']['create']>('hooks.create', { conversationId, name: 'Builds' }, hana);
  const path = new URL(hook.url).pathname;
  const said = async () =>
    (await server.ok<Out['messages']['list']>('messages.list', { conversationId }, wiremu)).items.map((m) => m.text).toReversed();
  const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${server.url}${path}`, { method: 'POST', body, headers });
  return { hana, conversationId, hook, path, said, post };
}

eachDatabase('incoming webhooks over HTTP', (dialect) => {
  test('IN4: it takes what Slack takes, as JSON, as a form, or as curl sends it, and answers ok in plain text', async () => {
    await using server = await startServer({ dialect });
    const { said, post } = await builds(server);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const one = await post(JSON.stringify({ text: 'as JSON', username: 'Somebody else', icon_url: 'https://x', blocks: [{}] }));
    expect([one.status, one.headers.get('content-type'), await one.text()]).toEqual([200, 'text/plain; charset=utf-8', 'ok']);
    expect((await post(`payload=${encodeURIComponent(JSON.stringify({ text: 'as a form +&' }))}`, form)).status).toBe(200);
    expect((await post('{"text":"as curl sends it"}', form)).status).toBe(200);
    expect((await post('{"attachments":[{"title":"CI","text":"green","color":"good","fields":[]}]}')).status).toBe(200);
    expect(await said()).toEqual(['as JSON', 'as a form +&', 'as curl sends it', 'CI\ngreen']);
    expect(server.faults).toEqual([]);
  });

  test('IN5: what it does not take is a problem with a reason, and changes nothing', async () => {
    await using server = await startServer({ dialect });
    const { path, said, post } = await builds(server);
    const told = async (answer: Promise<Response>) => {
      const response = await answer;
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    expect(await told(post('nonsense'))).toEqual([400, 'BAD_INPUT']);
    expect(await told(post('{"text":7}'))).toEqual([400, 'BAD_INPUT']);
    expect(await told(post('["x"]'))).toEqual([400, 'BAD_INPUT']);
    expect(await told(post('{}'))).toEqual([400, 'EMPTY_MESSAGE']);
    expect(await told(post(JSON.stringify({ text: 'x'.repeat(4_001) })))).toEqual([413, 'MESSAGE_TOO_LONG']);
    expect(await told(post('{"text":"x"}', { 'idempotency-key': 'seven' }))).toEqual([400, 'BAD_INPUT']);
    expect(await told(fetch(`${server.url}/hooks/kmh_${'A'.repeat(43)}`, { method: 'POST', body: '{"text":"x"}' }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    expect(await told(fetch(`${server.url}${path}/more`, { method: 'POST', body: '{"text":"x"}' }))).toEqual([404, 'NOT_FOUND']);
    expect(await told(fetch(`${server.url}${path}`))).toEqual([405, 'METHOD_NOT_SUPPORTED']);
    const page = { origin: 'https://elsewhere.example', 'content-type': 'text/plain' };
    expect(await told(post('{"text":"from a page"}', page))).toEqual([403, 'BAD_ORIGIN']);
    const key = { 'idempotency-key': '7b3f5e0a-9a39-4d5e-8a6c-222222222222' };
    expect((await post('{"text":"once"}', key)).headers.get('idempotency-replayed')).toBeNull();
    expect((await post('{"text":"once"}', key)).headers.get('idempotency-replayed')).toBe('true');
    expect(await said()).toEqual(['once']);
    expect(await told(post(JSON.stringify({ text: 'x'.repeat(300_000) })))).toEqual([413, 'TOO_LARGE']);
    expect(server.faults).toEqual([]);
  });

  test('IN5, K5: each hook has a rate of its own, told in headers; neither logs nor figures name its token', async () => {
    const lines: string[] = [];
    const log = createLog('debug', { write: (line: string) => void lines.push(line) });
    await using server = await startServer({ dialect, rateLimits: true, serve: { log } });
    const { hook, post } = await builds(server);
    const answers: Response[] = [];
    for (let i = 0; i <= rates.hook.points; i++) answers.push(await post(`{"text":"${i}"}`));
    expect(answers.map((a) => a.status)).toEqual([...Array<number>(rates.hook.points).fill(200), 429]);
    expect(answers[0]?.headers.get('ratelimit')).toMatch(/^"hook";r=59;t=\d+$/);
    expect(answers.at(-1)?.headers.get('retry-after')).toMatch(/^\d+$/);
    await fetch(`${server.url}/hooks/kmh_unknown-token`, { method: 'POST', body: '{}' });
    const seen = lines.filter((line) => line.includes('/hooks/:token'));
    expect(seen.length).toBeGreaterThan(rates.hook.points);
    expect(lines.join('')).not.toMatch(/kmh_/);
    expect(hook.url).toMatch(/kmh_/);
  });
});
