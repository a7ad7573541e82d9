import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startServer } from '../../test/server.ts';
import { surface } from '../../test/surface.ts';
import { described } from '../by-hand.ts';
import { procedures } from '../procedures.ts';
import { openapiFile, openapiText } from './text.ts';

const redocly = join(import.meta.dirname, '../../../../../node_modules/@redocly/cli/bin/cli.js');

test('docs/openapi.json is what the router says; if not, run `npm run openapi` and look at what changed', () => {
  expect(readFileSync(openapiFile, 'utf8')).toBe(openapiText());
});

test('the linter of OpenAPI documents finds nothing in it', async () => {
  const args = [redocly, 'lint', openapiFile, '--config', join(import.meta.dirname, 'redocly.yaml'), '--format=json'];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env }).catch((failed: { stdout: string }) => failed);
  const { totals, problems } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { totals: object; problems: unknown[] };
  expect(problems).toEqual([]);
  expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
});

test('the server serves the same document to anyone, and it names every face of every procedure', async () => {
  await using server = await startServer();
  const reply = await fetch(`${server.url}/api/v1/openapi.json`);
  expect(reply.status).toBe(200);
  const document = (await reply.json()) as { openapi: string; paths: Record<string, Record<string, { operationId: string }>> };
  expect(document).toEqual(JSON.parse(openapiText()));
  expect(document.openapi).toMatch(/^3\.1/);
  const wanted = [...procedures.flatMap((p) => p.faces), ...described].map(({ method, path }) => `${method} ${path}`);
  const told = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(told.toSorted()).toEqual([...new Set(wanted)].toSorted());
  const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map((operation) => operation.operationId));
  expect(ids).toHaveLength(new Set(ids).size);
});

test('what was promised of REST answers with the status that was promised', () => {
  const { paths } = JSON.parse(openapiText()) as { paths: Record<string, Record<string, { responses: object }>> };
  const found = new Map(
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(
        ([method, { responses }]) => [`${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`, responses] as const,
      ),
    ),
  );
  const there = surface.filter(({ method, path }) => found.has(`${method} ${path}`));
  const wrong = there.filter(({ method, path, status }) => !(status in (found.get(`${method} ${path}`) ?? {})));
  expect(wrong).toEqual([]);
  const missing = surface.filter((line) => !there.includes(line)).map(({ method, path }) => `${method} ${path}`);
  process.stdout.write(`REST: ${there.length} of ${surface.length} promised answers stand; not yet: ${missing.join(', ') || 'none'}\n`);
});
