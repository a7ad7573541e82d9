import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freshDatabase } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from './test/http.ts';
import { freePort } from './test/process.ts';
import { type Out, startServer } from './test/server.ts';
import { apart } from './test/walk/apart.ts';
import { commands, textOf } from './test/walk/pages.ts';
import { createShell, home, type Shell } from './test/walk/shell.ts';

/** What cannot be typed where something is missing, by the command; each is told. */
const leftOut = new Map<string, string>();
const { TEST_MYSQL_URL, TEST_REDIS_URL } = process.env;

let shell: Shell;
beforeAll(() => {
  shell = createShell();
});
afterAll(() => shell[Symbol.asyncDispose]());

const password = 'correct horse battery staple';
const signUp = async (url: string, email: string) =>
  (await call(url, 'auth.signUp', { email, password, name: email.split('@')[0] })).data as Out['auth']['signUp'];
const signIn = async (url: string, email: string, by = password) => (await call(url, 'auth.signIn', { email, password: by })).status;

/** Types a command that serves until Ctrl+C, and gives its address once it is ready. */
async function serve(command: string, swaps: Record<string, string> = {}, env: Record<string, string> = {}) {
  const port = String(await freePort());
  const own = Object.fromEntries(Object.entries(swaps).map(([from, to]) => [from, to.replace('PORT', port)]));
  const typing = shell.start(command, own, { PORT: port, ...env });
  const url = `http://localhost:${port}`;
  const ready = () =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  await Promise.race([
    eventually(`${command} serves`, ready),
    typing.ended.then(({ code, out, err }) => {
      throw new Error(`${command} ended with ${code}: ${out}${err}`);
    }),
  ]);
  return {
    ...typing,
    url,
    async stop() {
      const { err } = await typing.stop();
      expect(err).not.toMatch(/Error|\n\s+at /);
      expect(await ready()).toBe(false);
    },
  };
}

test('R109: built, started, looked at from outside, tended by the command line, backed up, restored and started there', async () => {
  await shell.run('npm run build');
  await shell.run('sudo npm run build', { 'sudo ': '' });
  const first = await serve('npm start');
  const here = { 'http://localhost:1337': first.url };
  expect((await shell.run('npx koreromai --help')).out).toMatch(/^Usage: koreromai/);
  const made = await shell.run('npx koreromai admin create --email you@example.org');
  const oneTime = made.out.trim().split('\n').at(-1) ?? '';
  expect(await signIn(first.url, 'you@example.org', oneTime)).toBe(200);
  expect(await (await fetch(first.url)).text()).toContain('<title>');
  await Promise.all([
    shell.run('npm run smoke -- http://localhost:1337', here),
    shell.run('npm run smoke -- https://chat.example.org', { 'https://chat.example.org': first.url }),
    shell.run('npm run smoke -- URL', { URL: first.url }),
  ]);
  await signUp(first.url, 'somebody@example.org');
  expect((await shell.run('npx koreromai user list')).out).toMatch(/somebody@example\.org +user[\s\S]*you@example\.org +admin/);
  await shell.run('npx koreromai export --user somebody@example.org --out somebody.zip');
  expect(readFileSync(join(shell.own, 'somebody.zip')).subarray(0, 2).toString()).toBe('PK');

  const place = shell.beside('audit');
  mkdirSync(place);
  const tail = shell.start('npx koreromai tail --json --state /var/lib/audit/place', { '/var/lib/audit': place });
  await eventually('what happened is told', () => /"type":"/.test(tail.out()));
  await eventually('its place is kept', () => existsSync(join(place, 'place'))); // behind the lines
  await tail.stop();
  expect(statSync(join(place, 'place')).size).toBeGreaterThan(0);

  await shell.run('npx koreromai user suspend somebody@example.org');
  expect(await signIn(first.url, 'somebody@example.org')).toBe(403);
  await Promise.all([
    shell.run('npx koreromai backup --out FOLDER', { FOLDER: shell.beside('backed-up') }),
    shell.run('npx koreromai backup --out backups/before'),
    shell.run('npx koreromai backup --out backups/2026-11-21'),
  ]);
  expect(existsSync(join(shell.own, 'backups/2026-11-21/manifest.json'))).toBe(true);
  await first.stop();

  const rehearsal = { '/tmp/rehearsal': shell.beside('rehearsal') };
  await Promise.all([
    shell.run('npx koreromai restore --from backups/2026-11-21', {}, { DATA_DIR: shell.beside('restored') }),
    shell.run('DATA_DIR=/tmp/rehearsal npx koreromai restore --from backups/2026-11-21', rehearsal),
  ]);
  const api = await serve('npm start -- --no-web', {}, { DATA_DIR: shell.beside('restored') });
  expect([(await fetch(api.url)).status, await signIn(api.url, 'you@example.org', oneTime)]).toEqual([404, 200]);
  await api.stop();
  const rehearsed = await serve('DATA_DIR=/tmp/rehearsal PORT=1400 npm start', { ...rehearsal, 1400: 'PORT' });
  expect(await signIn(rehearsed.url, 'you@example.org', oneTime)).toBe(200);
  await rehearsed.stop();
  const elsewhere = await serve('PORT=1338 npm start', { 1338: 'PORT' });
  expect(await signIn(elsewhere.url, 'you@example.org', oneTime)).toBe(200);
  await elsewhere.stop();
});

const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const curls = commands.flatMap(({ command }) => (command.startsWith('curl ') ? [command] : []));
if (!has('curl')) for (const one of [...curls, 'npm start -- --demo']) leftOut.set(one, 'there is no curl');

test.skipIf(!has('curl'))('R109: what the README does with curl in a demo is answered', async () => {
  const demo = await serve('npm start -- --demo', {}, { DATA_DIR: shell.beside('demo') });
  const here = { 'http://localhost:1337': demo.url };
  const asked = await shell.run("curl -H 'X-Demo-User: aroha.ngata' http://localhost:1337/api/v1/conversations", here);
  expect((JSON.parse(asked.out) as { items: unknown[] }).items.length).toBeGreaterThan(0);
  const stream = shell.start("curl -H 'X-Demo-User: wiremu.parata' -N http://localhost:1337/api/v1/events", here);
  await eventually('the stream has begun', () => /^data: \{/m.test(stream.out()));
  await stream.stop();
  await demo.stop();
});

test('R109: the bots and clients of the pages, and the curl at a webhook, do what they are there for', async () => {
  await using server = await startServer();
  const [hana, wiremu, bot] = await server.people('hana', 'wiremu', 'bot');
  const { id: conversationId } = await server.group(hana, [wiremu.email, bot.email]);
  const texts = async (id = conversationId) =>
    (await server.ok<Out['messages']['list']>('messages.list', { conversationId: id }, hana)).items.map((m) => m.text);
  const hook = await server.ok<Out['hooks']['create']>('hooks.create', { conversationId, name: 'Builds' }, hana);
  const here = { 'http://localhost:1337': server.url };
  for (const curl of curls.filter((one) => !leftOut.has(one) && one.startsWith('curl -d'))) {
    const said = await shell.run(curl, { ...here, kmh_TOKEN: hook.url.split('/').at(-1) ?? '' });
    expect([said.out, (await texts())[0]]).toEqual(['ok', 'Build 7 is green: look (https://ci.example.nz/7)']);
  }

  const [, source = ''] = /```js\n([\s\S]*?)```/.exec(textOf('packages/client/README.md')) ?? [];
  writeFileSync(join(shell.own, 'bot.js'), source);
  const made = await server.ok<{ conversation: { id: string } }>('conversations.create', { kind: 'direct', person: bot.email }, wiremu);
  const direct = made.conversation.id;
  const answered = async () =>
    (await server.ok<Out['messages']['list']>('messages.list', { conversationId: direct }, wiremu)).items.map((m) => m.text);
  const running = shell.start('node bot.js http://localhost:1337 bot@example.nz …', { ...here, '…': `'${bot.password}'` });
  await server.ok('messages.post', { conversationId: direct, text: 'Kia ora' }, wiremu);
  await eventually('the bot answers', async () => (await answered()).includes('You said: Kia ora'));
  await running.stop();

  const chat = shell.start('node examples/another-team/chat.ts http://localhost:1337 you@example.org PASSWORD friend@example.org', {
    ...{ ...here, 'you@example.org': wiremu.email, PASSWORD: `'${wiremu.password}'`, 'friend@example.org': bot.email },
  });
  await eventually('what was said before', () => chat.out().includes('bot: You said: Kia ora\n'));
  chat.type('Ka kite\n');
  await eventually('its own line, which came back', () => chat.out().endsWith('wiremu: Ka kite\n'));
  await chat.stop();
  expect(server.faults).toEqual([]);
});

const move = 'npx koreromai move --to mysql://koreromai:PASSWORD@localhost:3306/koreromai';
const cluster = 'DATABASE_URL=mysql://… REDIS_URL=redis://… npm run start:cluster -- 2';
const node = 'DATABASE_URL=mysql://… REDIS_URL=redis://… STORAGE_URL=s3://… PUBLIC_URL=https://… TRUSTED_PROXIES=… npm start';
if (!TEST_MYSQL_URL) for (const one of [move, cluster, node]) leftOut.set(one, 'there is no TEST_MYSQL_URL');
else if (!TEST_REDIS_URL) for (const one of [cluster, node]) leftOut.set(one, 'there is no TEST_REDIS_URL');

test.skipIf(!TEST_MYSQL_URL)('R109: moved to MySQL while it serves, and then served from there by two processes', async () => {
  await using database = await freshDatabase('mysql');
  const env = { DATA_DIR: shell.beside('moving') };
  const before = await serve('npm start -- --no-web', {}, env);
  await signUp(before.url, 'hana@example.org');
  await shell.run(move, { 'mysql://koreromai:PASSWORD@localhost:3306/koreromai': database.url }, env);
  expect(await signIn(before.url, 'hana@example.org')).toBe(200);
  await before.stop();
  if (!TEST_REDIS_URL) return;
  const both = await serve(cluster, { 'mysql://…': database.url, 'redis://…': TEST_REDIS_URL }, env);
  expect(await signIn(both.url, 'hana@example.org')).toBe(200);
  await both.stop();
  const bucket = await bucketBeside();
  const where = { 's3://…': `'${bucket.url}'`, 'https://…': 'https://chat.example.org', 'PROXIES=…': 'PROXIES=127.0.0.1' };
  const one = await serve(node, { ...{ 'mysql://…': database.url, 'redis://…': TEST_REDIS_URL }, ...where }, env);
  expect(await signIn(one.url, 'hana@example.org')).toBe(200);
  await one.stop();
  bucket.stop();
});

/** A bucket on a server of its own that speaks S3. */
async function bucketBeside() {
  const source = "console.log((await (await import('./packages/api/src/attachments/storage/test/grounds.ts')).bucketGround()).url)";
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: String(url).trim(), stop: () => child.kill() };
}

const inClone = ['sudo git clone REPOSITORY /opt/koreromai', 'cd /opt/koreromai', 'git pull', 'npm run package', 'npm run sbom'];
const isRepository = existsSync(join(home, '.git')) && has('git');
if (!isRepository) for (const one of inClone) leftOut.set(one, 'this is no git repository, or there is no git');

test.skipIf(!isRepository)('R109: cloned, installed on a machine, brought up to date, and packed', async () => {
  const [repository, opt] = [shell.beside('origin'), shell.beside('opt/koreromai')];
  const there = { 'sudo ': '', '/opt/koreromai': opt };
  const git = (...args: string[]) => execFileSync('git', ['-c', 'safe.directory=*', ...args]);
  git('clone', '-q', home, repository);
  git('-C', repository, 'checkout', '-q', '-B', 'main'); // a branch, whatever is looked at here
  await shell.run('sudo git clone REPOSITORY /opt/koreromai', { ...there, REPOSITORY: repository });
  await shell.run('cd /opt/koreromai', { '/opt/koreromai': opt });
  await shell.run('git pull', {}, {}, opt);
  await shell.run('npm run package', {}, {}, opt);
  expect(readFileSync(join(opt, 'koreromai.zip')).subarray(0, 2).toString()).toBe('PK');
  await shell.run('npm run sbom', {}, {}, opt);
  expect((JSON.parse(readFileSync(join(opt, 'sbom.json'), 'utf8')) as { components: unknown[] }).components.length).toBeGreaterThan(100);
});

test('R109: what a small machine is given by install lies where the page says, and the licences may be used', async () => {
  const etc = shell.beside('etc');
  for (const name of ['systemd/system', 'caddy']) mkdirSync(join(etc, name), { recursive: true });
  const installs = commands.flatMap(({ command }) => (command.startsWith('sudo install') ? [command] : []));
  for (const command of installs) await shell.run(command, { 'sudo ': '', ' /etc/': ` ${etc}/` });
  expect(statSync(join(etc, 'koreromai.env')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(etc, 'systemd/system/koreromai.service'), 'utf8')).toContain('[Service]');
  expect((await shell.run('npm run licenses')).out).toMatch(/libraries may be used/);
});

test('R109: every command of the pages was typed above, or stands apart with its reason', () => {
  const all = [...new Set(commands.map(({ command }) => command))];
  const standsApart = (command: string) => apart.some(([form]) => form.test(command));
  expect(all.filter((command) => !shell.typed.has(command) && !standsApart(command) && !leftOut.has(command))).toEqual([]);
  expect([...shell.typed].filter((command) => !all.includes(command) || standsApart(command))).toEqual([]);
  expect(apart.map(([form]) => form).filter((form) => !all.some((command) => form.test(command)))).toEqual([]);
  const typed = all.filter((command) => shell.typed.has(command));
  const told = [...leftOut].map(([command, reason]) => `; not ${command}: ${reason}`).join('');
  process.stdout.write(`R109: ${typed.length} of ${all.length} commands typed, ${all.filter(standsApart).length} stand apart${told}\n`);
  if (process.env.CI === 'true') expect([...leftOut.keys()].filter((command) => !inClone.includes(command))).toEqual([]);
});
