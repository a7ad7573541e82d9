import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtWeb } from './server.ts';
import { folder, freePort, serving, startChild } from './test/process.ts';
import { send } from './test/rest.ts';

const page = async (url: string) => {
  const answer = await fetch(url);
  return [answer.status, answer.headers.get('content-type')?.split(';')[0]];
};

test.skipIf(!existsSync(join(builtWeb, 'index.html')))(
  'R106, K18: --no-web serves the API alone, and without it the built page comes from the same port',
  async () => {
    using data = folder();
    for (const [flags, served] of [
      [['--no-web'], [404, 'application/problem+json']],
      [[], [200, 'text/html']],
    ] as const) {
      await using child = startChild({ PORT: String(await freePort()), DATA_DIR: data.path }, [], flags);
      await serving(child);
      for (const path of ['/', '/chats/1', '/index.html'])
        expect([flags, path, await page(`${child.url}${path}`)]).toEqual([flags, path, served]);
      expect(await page(`${child.url}/api/v1/openapi.json`)).toEqual([200, 'application/json']);
      child.process.kill('SIGTERM');
      expect(await child.ended).toBe(0);
    }
  },
);

test('R118, D11: CORS_ORIGINS lets the pages of those sites call with a token and read the answer, and no others', async () => {
  using data = folder();
  const listed = 'https://one.example.org';
  const CORS_ORIGINS = `${listed}, https://two.example.org`;
  await using child = startChild({ PORT: String(await freePort()), DATA_DIR: data.path, CORS_ORIGINS });
  await serving(child);
  const ana = { email: 'ana@example.nz', password: 'correct horse', name: 'Ana' };
  const { token } = (await send(child.url, 'POST', '/auth/sign-up', ana)).data as { token: string };
  const from = (origin: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    send(child.url, method, path, body, { token, headers: { origin, ...headers } });
  for (const origin of [listed, 'https://two.example.org']) {
    const asked = await fetch(`${child.url}/api/v1/rooms`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' },
    });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    expect(asked.headers.get('access-control-allow-methods')).toContain('POST');
    expect(asked.headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type/i);
    const made = await from(origin, 'POST', '/rooms', { name: origin, access: 'public' });
    expect([made.status, made.headers.get('access-control-allow-origin')]).toEqual([201, origin]);
    expect(made.headers.get('access-control-allow-credentials')).toBeNull();
    expect(made.headers.get('access-control-expose-headers')).toContain('location');
    expect(made.headers.get('vary')).toMatch(/origin/i);
  }
  const wrong = await from(listed, 'GET', '/rooms/nowhere');
  expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([400, listed]); // refusals can be read as well
  for (const origin of ['https://evil.example', 'null', `${listed}.evil.example`, 'http://one.example.org']) {
    const read = await from(origin, 'GET', '/rooms');
    expect([origin, read.status, read.headers.get('access-control-allow-origin')]).toEqual([origin, 200, null]); // no page of theirs can read it
    const written = await from(origin, 'POST', '/rooms', { name: `from ${origin}`, access: 'public' });
    expect([origin, written.status, written.code]).toEqual([origin, 403, 'BAD_ORIGIN']);
  }
  expect(((await from(listed, 'GET', '/rooms')).data as { items: unknown[] }).items).toHaveLength(2);
});
