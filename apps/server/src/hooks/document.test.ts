import { rates } from '@koreromai/contract';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openapiText } from '../rest/openapi/text.ts';
import { type Out, startServer } from '../test/server.ts';

type Schema = z.core.JSONSchema.JSONSchema;
interface Told {
  readonly headers?: Record<string, { required?: boolean }>;
  readonly content?: Record<string, { schema: Schema }>;
}
interface Operation {
  readonly servers: { url: string }[];
  readonly security: unknown[];
  readonly requestBody: { content: Record<string, { schema: Schema; example: Record<string, string> }> };
  readonly responses: Record<string, Told>;
}

/** The document with every reference replaced by what it refers to. */
function whole(document: unknown, part: unknown): unknown {
  if (Array.isArray(part)) return part.map((one) => whole(document, one));
  if (typeof part !== 'object' || part === null) return part;
  const { $ref } = part as { $ref?: string };
  if ($ref === undefined) return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, whole(document, one)]));
  const steps = $ref.slice(2).split('/');
  return whole(
    document,
    steps.reduce((at, step) => (at as Record<string, unknown>)[step], document),
  );
}

test('IN4, IN5: an incoming webhook takes and answers what the OpenAPI document says: bodies, statuses, headers, and nothing else', async () => {
  const document = JSON.parse(openapiText()) as { paths: Record<string, { post: unknown }> };
  const operation = whole(document, document.paths['/hooks/{token}']?.post) as Operation;
  expect(operation.security).toEqual([]);
  await using server = await startServer({ rateLimits: true });
  const [hana, wiremu, mere] = await server.people('hana', 'wiremu', 'mere');
  const hookIn = async (conversationId: string) =>
    (await server.ok<Out['hooks']['create']>('hooks.create', { conversationId, name: 'CI' }, hana)).url;
  const group = async () => (await server.group(hana, [wiremu.email, mere.email])).id;
  const [open, closed] = [await group(), await group()];
  const token = new URL(await hookIn(open)).pathname.split('/').at(-1) ?? '';
  const [base] = operation.servers;
  const address = `${server.url}${base?.url}hooks/${token}`;
  const closedUrl = `${server.url}${new URL(await hookIn(closed)).pathname}`;
  await server.ok('conversations.close', { conversationId: closed }, hana);

  const seen = new Set<string>();
  const headersSeen = new Set<string>();
  async function post(body: string, headers: Record<string, string> = {}, url = address) {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
    const told = operation.responses[answer.status];
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    const schema = told?.content?.[type]?.schema;
    if (!told || !schema) throw new Error(`${answer.status} ${type} is not in the document.`);
    const text = await answer.text();
    z.fromJSONSchema(schema).parse(type === 'text/plain' ? text : JSON.parse(text));
    for (const [name, { required }] of Object.entries(told.headers ?? {})) {
      if (answer.headers.has(name)) headersSeen.add(name);
      else if (required) throw new Error(`${answer.status} came without ${name}.`);
    }
    seen.add(String(answer.status));
    return [answer.status, answer.headers.get('idempotency-replayed')];
  }

  const bodies = Object.entries(operation.requestBody.content);
  expect(bodies.map(([type]) => type)).toEqual(['application/json', 'application/x-www-form-urlencoded']);
  for (const [type, { schema, example }] of bodies) {
    z.fromJSONSchema(schema).parse(example);
    const body = type === 'application/json' ? JSON.stringify(example) : String(new URLSearchParams(example));
    expect(await post(body, { 'content-type': type }), type).toEqual([200, null]);
  }
  const { items } = await server.ok<Out['messages']['list']>('messages.list', { conversationId: open }, wiremu);
  expect(items.map((m) => m.text)).toEqual(Array(2).fill('Build 7 is green: look (https://ci.example.nz/7)'));

  const text = (words: string) => JSON.stringify({ text: words });
  const key = { 'idempotency-key': '7b3f5e0a-9a39-4d5e-8a6c-333333333333' };
  expect(await post(text('once'), key)).toEqual([200, null]);
  expect(await post(text('once'), key)).toEqual([200, 'true']);
  expect(await post(text('something else'), key)).toEqual([409, null]);
  expect(await post('nonsense')).toEqual([400, null]);
  expect(await post(text('from a page'), { origin: 'https://elsewhere.example' })).toEqual([403, null]);
  expect(await post(text('x'), {}, `${address}x`)).toEqual([404, null]);
  expect(await post(text('x'), {}, closedUrl)).toEqual([410, null]);
  expect(await post(text('x'.repeat(4_001)))).toEqual([413, null]);
  let last = 0;
  for (let i = 0; i < rates.hook.points && last !== 429; i++) [last] = (await post(text(`${i}`))) as [number];
  expect(last).toBe(429);
  expect(await post(text('x'.repeat(300_000)))).toEqual([413, null]); // last, for the connection ends with it

  const { default: _other, ...named } = operation.responses;
  expect([...seen].toSorted()).toEqual(Object.keys(named).toSorted());
  const promised = Object.values(named).flatMap(({ headers }) => Object.keys(headers ?? {}));
  expect([...headersSeen].toSorted()).toEqual([...new Set(promised)].toSorted());
  expect(server.faults).toEqual([]);
});
