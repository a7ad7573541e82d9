import { statSync } from 'node:fs';
import { join } from 'node:path';
import { eachDatabase, freshDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { call } from '../test/http.ts';
import { koreromai } from '../test/koreromai.ts';
import { folder, freePort, serving, startChild } from '../test/process.ts';
import { openDesk } from './socket.ts';

const passwordIn = (out: string) => out.trim().split('\n').at(-1) ?? '';

eachDatabase('the command line', (dialect) => {
  test('R019: without a server it makes an admin, lists, suspends and sows; a server then lets them in', async () => {
    using data = folder();
    await using database = await freshDatabase(dialect);
    const env = { DATA_DIR: data.path, DATABASE_URL: database.url, PORT: String(await freePort()) };
    const made = await koreromai(env, 'admin', 'create', '--email', 'Root@Example.nz', '--name', 'Root');
    expect([made.code, made.err]).toEqual([0, '']);
    expect(passwordIn(made.out)).toHaveLength(16);
    const sown = await koreromai(env, 'seed', '--users', '6', '--days', '4');
    expect([sown.code, sown.err]).toEqual([0, '']);
    expect(sown.out).toMatch(/^6 people, \d+ conversations and 24 messages\./);
    const again = await koreromai(env, 'seed', '--users', '6', '--days', '4');
    expect([again.code, again.out, again.err]).toEqual([1, '', 'This seed is here already, so nothing was added.\n']);
    const shut = await koreromai(env, 'user', 'suspend', '@aroha.ngata');
    expect([shut.code, shut.out]).toEqual([0, 'aroha.ngata is suspended and signed out everywhere.\n']);
    const list = await koreromai(env, 'user', 'list');
    expect(list.out.split('\n')[0]).toMatch(/^USERNAME +E-MAIL +ROLE +NAME$/);
    expect(list.out).toMatch(/root@example\.nz +admin +Root/);
    expect(list.out).toMatch(/aroha\.ngata +aroha\.ngata@koreromai\.example +suspended +Aroha Ngata/);
    expect(list.out.trim().split('\n')).toHaveLength(8);

    await using child = startChild(env);
    await serving(child);
    const reply = await call(child.url, 'auth.signIn', { email: 'root@example.nz', password: passwordIn(made.out) });
    expect(reply.data).toMatchObject({ user: { role: 'admin', name: 'Root' } });
    const { token } = reply.data as { token: string };
    const audit = (await call(child.url, 'admin.audit', { only: 'acts' }, { token })).data as {
      items: { action: string; actor: unknown; address: string }[];
    };
    expect(audit.items.map((e) => [e.action, e.actor, e.address])).toEqual([
      ['user.suspended', null, 'local'],
      ['admin.created', null, 'local'],
    ]);
  });

  test('R019: with a server running it works through its socket, and the server knows at once', async () => {
    using data = folder();
    await using database = await freshDatabase(dialect);
    const env = { DATA_DIR: data.path, DATABASE_URL: database.url, PORT: String(await freePort()) };
    await using child = startChild(env);
    await serving(child);
    expect(statSync(join(data.path, 'run')).mode & 0o777).toBe(0o700);
    expect(statSync(join(data.path, 'run', 'koreromai.sock')).mode & 0o777).toBe(0o600);
    const made = await koreromai(env, 'admin', 'create', '--email', 'root@example.nz');
    expect([made.code, made.err]).toEqual([0, '']);
    const twice = await koreromai(env, 'admin', 'create', '--email', 'root@example.nz');
    expect([twice.code, twice.out]).toEqual([1, '']);
    expect(twice.err.trim().split('\n')).toHaveLength(1);
    await call(child.url, 'auth.signUp', { email: 'tama@example.nz', password: 'correct horse tama', name: 'Tama' });
    const signIn = () => call(child.url, 'auth.signIn', { email: 'tama@example.nz', password: 'correct horse tama' });
    const { token } = (await signIn()).data as { token: string };
    expect((await koreromai(env, 'user', 'suspend', 'tama@example.nz')).code).toBe(0);
    expect((await call(child.url, 'conversations.list', {}, { token })).status).toBe(401);
    expect((await signIn()).code).toBe('ACCOUNT_SUSPENDED');
    const last = await koreromai(env, 'user', 'suspend', 'root@example.nz');
    expect([last.code, last.out, last.err.trim().split('\n').length]).toEqual([1, '', 1]);
    expect((await koreromai(env, 'user', 'list')).out).toMatch(/tama@example\.nz +suspended/);
    expect(child.err()).toBe('');
  });
});

test('what is not understood is told with exit code 2, what is wrong with 1 and one sentence', async () => {
  using data = folder();
  const env = { DATA_DIR: data.path };
  for (const args of [['admin', 'create'], ['dance'], ['user', 'suspend'], ['seed', '--loudly']])
    expect([args, (await koreromai(env, ...args)).code]).toEqual([args, 2]);
  expect((await koreromai(env, '--help')).code).toBe(0);
  const wrong = [
    ['user', 'suspend', 'nobody@example.nz'],
    ['seed', '--users', 'many'],
    ['seed', '--users', '2'],
    ['admin', 'create', '--email', 'not an address'],
  ];
  for (const args of wrong) {
    const { code, out, err } = await koreromai(env, ...args);
    expect([args, code, out, err.trim().split('\n').length]).toEqual([args, 1, '', 1]);
    expect(err).not.toMatch(/\n\s+at |node_modules|\.ts:\d/);
  }
});

test('a socket left behind by a killed server is replaced, and a living one is left to its server', async () => {
  using data = folder();
  const desk = {} as Parameters<typeof openDesk>[1];
  const env = { DATA_DIR: data.path, PORT: String(await freePort()) };
  await using killed = startChild(env);
  await serving(killed);
  killed.process.kill('SIGKILL');
  await killed.ended;
  const inode = () => statSync(join(data.path, 'run', 'koreromai.sock')).ino;
  const left = inode();
  const first = await openDesk(data.path, desk, () => {});
  const own = inode();
  const second = await openDesk(data.path, desk, () => {});
  expect(inode()).toBe(own);
  expect(statSync(join(data.path, 'run', 'koreromai.sock')).mode & 0o777).toBe(0o600);
  await second.close();
  await first.close();
  expect(left).toBeGreaterThan(0);
});
