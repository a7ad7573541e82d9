import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ask, judge } from './audit/ask.mjs';

const versions = { name: 'leaky', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': { name: 'leaky', version: '1.0.0' } } };

/** A registry that answers questions about holes with this. */
async function registry(status: number, body: object): Promise<NodeJS.ProcessEnv> {
  const server = createServer((request, response) => {
    const answer = request.method === 'GET' ? versions : body;
    request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer)));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_fetch_retries: '0', npm_config_cache: folder() };
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'audit-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  const packages = { '': { name: 'tried', dependencies: { leaky: '1.0.0' } }, 'node_modules/leaky': { version: '1.0.0' } };
  writeFileSync(join(made, 'package.json'), JSON.stringify({ name: 'tried', version: '1.0.0', dependencies: { leaky: '1.0.0' } }));
  writeFileSync(join(made, 'package-lock.json'), JSON.stringify({ name: 'tried', version: '1.0.0', lockfileVersion: 3, packages }));
  return made;
}

test('K1: a known hole is told with its name and where to read of it', async () => {
  const advisory = {
    id: 1,
    url: 'https://example.org/advisory',
    title: 'It leaks',
    severity: 'high',
    vulnerable_versions: '<2.0.0',
    cwe: [],
    cvss: { score: 7 },
  };
  const { holes, silence } = await ask(folder(), await registry(200, { leaky: [advisory] }));
  expect(silence).toBeNull();
  expect(holes).toEqual([expect.stringMatching(/^leaky .*\(high\): It leaks https:\/\/example\.org\/advisory\./)]);
});

test('K1: without a known hole there is nothing to tell', async () => {
  expect(await ask(folder(), await registry(200, {}))).toEqual({ holes: [], silence: null });
});

test('K1: a registry that does not answer is told as that, and never as no holes', async () => {
  const { holes, silence } = await ask(folder(), await registry(405, {}));
  expect(holes).toEqual([]);
  expect(silence).toMatch(/^the registry does not tell \(it answered 405\)\. Ask one that does: npm_config_registry=/);
  expect(judge('').silence).toMatch(/^the registry does not tell\./);
});
