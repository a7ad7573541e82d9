import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '@koreromai/client';
import { eventually } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installPacked } from './test/packed.ts';
import { startServer } from './test/server.ts';

const run = promisify(execFile);
const bin = (name: string) => realpathSync(join(import.meta.dirname, '../../../node_modules/.bin', name));
const failed = (error: { stdout: string }) => ({ stdout: error.stdout });

let packed: Awaited<ReturnType<typeof installPacked>>;
beforeAll(async () => {
  packed = await installPacked();
});
afterAll(() => packed[Symbol.dispose]());

/** What the compiler says to a stranger who wrote these files against the package. */
async function compile(sources: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, source] of Object.entries(sources)) writeFileSync(join(packed.project, name), source);
  const compilerOptions = {
    ...{ strict: true, noEmit: true, types: ['node'], skipLibCheck: false },
    ...{ module: 'nodenext', target: 'es2023', lib: ['es2023', 'dom'] },
  };
  writeFileSync(join(packed.project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(sources) }));
  const { stdout } = await run(process.execPath, [bin('tsc'), '-p', '.'], { cwd: packed.project }).catch(failed);
  return stdout;
}

const consumer = `import { createTRPCClient, httpLink } from '@trpc/client';
import { type AppRouter, type Client, createClient } from '@koreromai/client';
const bare = createTRPCClient<AppRouter>({ links: [httpLink({ url: 'http://localhost:1337/trpc' })] });
export async function latest(conversationId: string, client: Client = createClient({ url: 'http://localhost:1337' })): Promise<string> {
  const me = await bare.users.me.query();
  const { items } = await client.api.messages.list.query({ conversationId, order: 'desc' });
  return me.username.toUpperCase() + (items[0]?.text ?? '') + (client.store.get().me?.name ?? '');
}
`;

test('the packed client holds its module, its types and nothing of ours or of Node beside them', () => {
  expect(packed.files).toEqual(['LICENSE', 'README.md', 'index.d.ts', 'index.js', 'package.json']);
  const [module, types, manifest] = ['index.js', 'index.d.ts', 'package.json'].map((file) => readFileSync(join(packed.home, file), 'utf8'));
  const named = [...`${module}${types}`.matchAll(/(?:^(?:import|export) .*from |\bimport\()["']([^"']+)["']/gm)].map((match) => match[1]);
  // The last of @trpc/server is what the compiler itself writes for a subscription's output.
  expect([...new Set(named)].sort()).toEqual([
    '@trpc/client',
    '@trpc/server',
    '@trpc/server/observable',
    '@trpc/server/unstable-core-do-not-import',
    'zod',
  ]);
  expect(module).not.toMatch(/\bprocess\.|\bBuffer\b|\brequire\(|withResolvers/); // nothing that a browser or Node 20 lacks
  expect(JSON.parse(manifest ?? '')).toMatchObject({ name: '@koreromai/client', type: 'module' });
  expect(manifest).not.toMatch(/private|devDependencies|@koreromai\/(?!client)/);
});

test('publint and the check of types find nothing wrong with the package', async () => {
  await run(process.execPath, [bin('publint'), 'run', packed.archive, '--strict']);
  await run(process.execPath, [bin('attw'), packed.archive, '--profile', 'esm-only']);
});

test('a stranger who installed the package compiles, until a field of the server has another name', async () => {
  const wrong = [
    ['me.username', 'me.handle', /'handle' does not exist/],
    ['?.text', '?.body', /'body' does not exist/],
    ['users.me.query', 'users.self.query', /'self' does not exist/],
    ["order: 'desc'", "order: 'newest'", /"newest"/],
    ['{ conversationId,', '{ roomId: conversationId,', /'roomId' does not exist/],
  ] as const;
  const sources = Object.fromEntries(wrong.map(([from, to], i) => [`wrong${i}.ts`, consumer.replace(from, to)]));
  const said = await compile({ 'healthy.ts': consumer, ...sources });
  expect(said.split('\n').filter((line) => line && !/^wrong|^ /.test(line))).toEqual([]); // lib.d.ts and our own declarations are checked too
  for (const [i, [, , expected]] of wrong.entries()) expect(said.split('\n').filter((l) => l.includes(`wrong${i}`))[0]).toMatch(expected);
  const types = join(packed.home, 'index.d.ts');
  const before = readFileSync(types, 'utf8');
  writeFileSync(types, before.replaceAll(/\busername: (string|z\.)/g, 'handle: $1')); // what the next version would ship
  expect(await compile({ 'healthy.ts': consumer })).toMatch(/healthy\.ts.*'username' does not exist/);
  writeFileSync(types, before);
});

test('the bot of the README answers whoever writes to it, just as it is written there', async () => {
  const [, source = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(packed.home, 'README.md'), 'utf8')) ?? [];
  expect(
    source
      .trim()
      .split('\n')
      .filter((line) => line !== '').length,
  ).toBe(10);
  writeFileSync(join(packed.project, 'bot.mjs'), source);
  await using server = await startServer();
  const [hana, bot] = await server.people('hana', 'bot');
  const running = spawn(process.execPath, ['bot.mjs', server.url, bot.email, bot.password], { cwd: packed.project, stdio: 'inherit' });
  const client = createClient({ url: server.url });
  try {
    await client.signIn({ email: hana.email, password: hana.password });
    const made = await client.createConversation({ kind: 'direct', person: bot.email });
    if (made.status === 'pending') throw new Error('The bot has an account.');
    const { id } = made.conversation;
    const texts = () => client.store.get().timelines[id]?.messages.map((message) => message.text);
    await client.openConversation(id);
    for (const text of ['Kia ora', 'Kei te pēhea koe?']) {
      client.send(id, text);
      await eventually(`an answer to ${text}`, () => texts()?.at(-1) === `You said: ${text}`);
    }
    expect(texts()).toEqual(['Kia ora', 'You said: Kia ora', 'Kei te pēhea koe?', 'You said: Kei te pēhea koe?']);
  } finally {
    await client.close();
    running.kill();
    await once(running, 'exit');
  }
});
