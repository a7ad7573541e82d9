import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { freePort } from './test/process.ts';
import { startServer } from './test/server.ts';

const script = join(import.meta.dirname, '../../../scripts/smoke.mjs');

/** `npm run smoke -- ARGS`, without what npm says. */
const smoke = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_error, out, err) => resolve({ code: child.exitCode, out, err }));
  });

eachDatabase('the smoke test', (dialect) => {
  test('R117: finds nothing wrong with a server that works, and leaves nobody and no message there', async () => {
    await using server = await startServer({ dialect });
    const admin = await server.signUp('anahera');
    expect(await smoke(server.url, '--no-web')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/ works: two people .*are gone/),
    });
    await server.services.jobs.idle();
    const { items } = await server.ok<{ items: { id: string }[] }>('users.list', {}, admin);
    expect(items.map((one) => one.id)).toEqual([admin.id]);
    const texts = await server.services.read.selectFrom('message').select('text').execute();
    expect(texts.filter(({ text }) => text?.includes('Kia ora'))).toEqual([]);
    const mails = await server.services.read.selectFrom('mail').selectAll().execute();
    expect(mails).toEqual([]);
    expect(server.faults).toEqual([]);
  });
});

test('R117: each thing that fails is a sentence, and the exit code is 1', async () => {
  await using server = await startServer();
  await server.signUp('anahera');
  const page = await smoke(server.url);
  expect(page).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^GET \/ answered 404 and not the page: .*\n$/) });

  // A proxy that forgets to pass upgrades on.
  const port = await freePort();
  const proxy = createServer((asked, answer) => {
    const onward = connect(server.port, '127.0.0.1');
    onward.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${pairs(asked.rawHeaders, /^connection$/i)}connection: close\r\n\r\n`);
    asked.pipe(onward, { end: false });
    onward.pipe(answer.socket ?? onward);
  });
  proxy.on('upgrade', (_asked, socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'));
  proxy.listen(port, '127.0.0.1');
  const halfDeaf = await smoke(`http://127.0.0.1:${port}`, '--no-web');
  proxy.close();
  proxy.closeAllConnections();
  expect(halfDeaf).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^The WebSocket at .* was refused: .*\n$/) });

  const nobody = await smoke(`http://127.0.0.1:${await freePort()}`);
  expect(nobody.err.trim().split('\n')).toEqual(['/healthz', '/readyz'].map((path) => `GET ${path} was not answered (ECONNREFUSED).`));
  expect(await smoke('chat')).toMatchObject({ code: 2, err: expect.stringMatching(/^Say which instance/) });
});

test('R117: on an instance without any account it says that it has become the admin, and how to end that', async () => {
  await using server = await startServer();
  const first = await smoke(server.url, '--no-web');
  expect(first).toMatchObject({ code: 1, out: '' });
  const [, email = '', password = ''] =
    /^The instance had no account yet.* Sign in as (\S+) with “(.+)”, make another admin/.exec(first.err) ?? [];
  expect((await server.call('auth.signIn', { email, password })).status).toBe(200);
  expect(first.err.trim().split('\n')).toHaveLength(1);
  expect((await smoke(server.url, '--no-web')).code).toBe(0);
});

const pairs = (raw: readonly string[], without: RegExp) =>
  raw.map((name, i) => (i % 2 === 0 && !without.test(name) ? `${name}: ${raw[i + 1]}\r\n` : '')).join('');
